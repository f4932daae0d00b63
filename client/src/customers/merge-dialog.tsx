import { Button, TextInput, UnstyledButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CustomerView, MergeCandidate, MergePreview } from '#libs/contracts/index.js';
import { showNotice } from '../console/notices.js';
import { ActDialog } from '../contact-acts/act-dialog.js';
import { useCustomerName } from '../conversations/names.js';
import { toApiError } from '../http/api-error.js';
import { api } from '../http/api.js';
import { useLocale } from '../i18n/i18n.js';
import { formatDateTime } from '../time/format.js';
import { useFields } from './queries.js';
import styles from './dialogs.module.css';

interface Props {
  opened: boolean;
  onClose: () => void;
  customer: CustomerView;
  accountId: string;
  onDone: () => void;
}

/** 名寄せ: first who it is, then what both become, then the word. */
export function MergeDialog({ opened, onClose, ...rest }: Props) {
  const { t } = useTranslation();
  return (
    <ActDialog opened={opened} onClose={onClose} title={t('customers.merge.title')} size={620} large>
      <MergeSteps {...rest} onClose={onClose} />
    </ActDialog>
  );
}

function MergeSteps({ customer, accountId, onClose, onDone }: Omit<Props, 'opened'>) {
  const [chosen, setChosen] = useState<string | null>(null);
  const [search, setSearch] = useState('');
  if (chosen === null) {
    return <Candidates customer={customer} search={search} onSearch={setSearch} onChoose={setChosen} />;
  }
  return (
    <Preview
      customer={customer}
      other={chosen}
      accountId={accountId}
      onBack={() => setChosen(null)}
      onClose={onClose}
      onDone={onDone}
    />
  );
}

interface CandidatesProps {
  customer: CustomerView;
  search: string;
  onSearch: (text: string) => void;
  onChoose: (customerId: string) => void;
}

function Candidates({ customer, search, onSearch, onChoose }: CandidatesProps) {
  const { t } = useTranslation();
  const [asked] = useDebouncedValue(search.trim(), 250);
  const { data, isError } = useQuery({
    queryKey: ['merge-candidates', customer.id, customer.version, asked],
    queryFn: ({ signal }) => api.mergeCandidates(customer.id, asked === '' ? null : asked, signal),
    staleTime: 0,
    gcTime: 60_000,
    placeholderData: keepPreviousData,
  });
  return (
    <div className={styles.form} data-testid="merge-candidates">
      <TextInput
        data-autofocus
        aria-label={t('customers.merge.search')}
        placeholder={t('customers.merge.search')}
        autoComplete="off"
        leftSection={<IconSearch size={15} aria-hidden />}
        value={search}
        onChange={(event) => onSearch(event.currentTarget.value)}
        data-testid="merge-search"
      />
      <p className={styles.hint} role="status">
        {isError
          ? t('customers.failed')
          : data === undefined
            ? t('customers.merge.loading')
            : data.length === 0
              ? t('customers.merge.nobody')
              : t(asked === '' ? 'customers.merge.likely' : 'customers.merge.found')}
      </p>
      {data && data.length > 0 && (
        <ul className={styles.people}>
          {data.map((candidate) => (
            <li key={candidate.customer.id}>
              <Candidate candidate={candidate} onChoose={() => onChoose(candidate.customer.id)} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Candidate({ candidate, onChoose }: { candidate: MergeCandidate; onChoose: () => void }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const nameOf = useCustomerName();
  const { customer, why, lastActivityAt } = candidate;
  return (
    <UnstyledButton className={styles.person} onClick={onChoose} data-testid="merge-candidate">
      <b>{nameOf(customer)}</b>
      <small>
        {[
          customer.kana,
          customer.name === null ? null : customer.phoneDisplay,
          t('customers.merge.last', { time: formatDateTime(Date.parse(lastActivityAt), locale) }),
        ]
          .filter((part) => part !== null)
          .join(' · ')}
      </small>
      <span className={styles.why}>
        {why.map((reason) => (
          <span key={reason}>{t(`customers.merge.why.${reason}`)}</span>
        ))}
      </span>
    </UnstyledButton>
  );
}

interface PreviewProps {
  customer: CustomerView;
  other: string;
  accountId: string;
  onBack: () => void;
  onClose: () => void;
  onDone: () => void;
}

function Preview({ customer, other, accountId, onBack, onClose, onDone }: PreviewProps) {
  const { t } = useTranslation();
  const preview = useQuery({
    queryKey: ['merge-preview', customer.id, customer.version, other],
    queryFn: ({ signal }) => api.mergePreview(customer.id, other, signal),
    staleTime: 0,
    gcTime: 0,
  });
  const merge = useMutation({
    mutationFn: () => api.merge(customer.id, other),
    onSuccess: () => {
      onClose();
      onDone();
      showNotice(t('customers.merge.done'), 'news');
    },
  });
  const fault = merge.error ?? preview.error;
  return (
    <div className={styles.form} data-testid="merge-preview">
      {preview.data && <Compared preview={preview.data} accountId={accountId} />}
      {preview.data && (
        <>
          <p>
            {t('customers.merge.moves', {
              conversations: preview.data.conversations,
              notes: preview.data.notes,
            })}
          </p>
          <p className={styles.hint}>{t('customers.merge.stays')}</p>
        </>
      )}
      {fault && (
        <p role="alert" className={styles.fault}>
          {t(`errors.${toApiError(fault).code}`)}
        </p>
      )}
      <div className={styles.buttons}>
        <Button variant="default" onClick={onBack}>
          {t('customers.merge.back')}
        </Button>
        <Button
          data-autofocus
          disabled={!preview.data}
          loading={merge.isPending}
          onClick={() => merge.mutate()}
          data-testid="merge-confirm"
        >
          {t('customers.merge.confirm')}
        </Button>
      </div>
    </div>
  );
}

function Compared({ preview, accountId }: { preview: MergePreview; accountId: string }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const nameOf = useCustomerName();
  const fields = useFields(accountId);
  const languages = new Intl.DisplayNames([locale], { type: 'language' });
  const labels: Record<string, string> = {
    name: t('customer.name'),
    kana: t('customer.kana'),
    language: t('customers.language'),
  };
  const rows = preview.fields.flatMap((row) => {
    const label = labels[row.field] ?? fields.find(({ id }) => id === row.field)?.label;
    return label === undefined ? [] : [{ ...row, label }];
  });
  const shown = (field: string, value: string | null) =>
    value === null ? t('common.none') : field === 'language' ? (languages.of(value) ?? value) : value;
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <caption className="visually-hidden">{t('customers.merge.preview')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('customers.merge.field')}</th>
            <th scope="col">{t('customers.merge.kept', { name: nameOf(preview.kept) })}</th>
            <th scope="col">{t('customers.merge.joined', { name: nameOf(preview.joined) })}</th>
            <th scope="col">{t('customers.merge.result')}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{t('customer.phone')}</th>
            <td>{preview.kept.phoneDisplay}</td>
            <td>{preview.joined.phoneDisplay}</td>
            <td data-result>{`${preview.kept.phoneDisplay} / ${preview.joined.phoneDisplay}`}</td>
          </tr>
          {rows.map(({ field, label, kept, joined, result }) => (
            <tr key={field}>
              <th scope="row">{label}</th>
              <td data-empty={kept === null || undefined}>{shown(field, kept)}</td>
              <td data-empty={joined === null || undefined}>{shown(field, joined)}</td>
              <td data-result>{shown(field, result)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
