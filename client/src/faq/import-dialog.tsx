import { Button, Group, Modal } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { faqColumns, type FaqImport, type FaqRowFault, type FieldError } from '#libs/contracts/index.js';
import styles from '../canned/dialogs.module.css';
import { showNotice } from '../console/notices.js';
import { ApiError } from '../http/api-error.js';
import { api } from '../http/api.js';
import { errorText } from '../i18n/i18n.js';
import { useFaqFaultText } from './fault-text.js';
import { faqKeys } from './queries.js';

const SHOWN = 8;

/** First what would happen, row by row where it would not; then, if told so, it happens. */
export function ImportDialog({ accountId, onClose }: { accountId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const picker = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const look = useMutation({ mutationFn: (given: File) => api.importFaq(given, { accountId, dryRun: true }) });
  const take = useMutation({
    mutationFn: (given: File) => api.importFaq(given, { accountId, skipBad: true }),
    onSuccess: async ({ created, updated, skipped }) => {
      await client.invalidateQueries({ queryKey: faqKeys.book });
      showNotice(t('faq.import.done', { created, updated, skipped }), 'news');
      onClose();
    },
  });
  const choose = (given: File | null) => {
    setFile(given);
    take.reset();
    if (given) look.mutate(given);
    else look.reset();
  };
  const report = look.data;
  const fault = take.error ?? look.error;
  const good = report ? report.created + report.updated : 0;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('faq.import.title')}
      size="lg"
      centered
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <div className={styles.words} data-testid="faq-import-dialog">
        <p>{t('faq.import.about')}</p>
        <p>{t('faq.import.replaces')}</p>
        <Group gap="sm">
          <Button
            variant={file ? 'default' : 'filled'}
            leftSection={<IconFileUpload size={16} aria-hidden />}
            onClick={() => picker.current?.click()}
          >
            {t(file ? 'faq.import.again' : 'faq.import.file')}
          </Button>
          <span>{file?.name}</span>
          <input
            ref={picker}
            type="file"
            accept=".csv,text/csv"
            hidden
            aria-label={t('faq.import.file')}
            onChange={(event) => {
              choose(event.currentTarget.files?.[0] ?? null);
              // The same file again, mended meanwhile.
              event.currentTarget.value = '';
            }}
            data-testid="faq-import-file"
          />
        </Group>
        <div aria-live="polite">
          {look.isPending && <p>{t('faq.import.reading')}</p>}
          {fault && <Unreadable fault={fault} />}
          {report && !fault && <Report report={report} />}
        </div>
      </div>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {t('faq.import.cancel')}
        </Button>
        {report && file && good > 0 && (
          <Button loading={take.isPending} onClick={() => take.mutate(file)} data-testid="faq-import-submit">
            {t(report.skipped > 0 ? 'faq.import.skip' : 'faq.import.submit', { count: good })}
          </Button>
        )}
      </Group>
    </Modal>
  );
}

function Report({ report: { rows, created, updated, skipped, faults } }: { report: FaqImport }) {
  const { t } = useTranslation();
  return (
    <div className={styles.report} data-testid="faq-import-report">
      <p>
        <b>{t('faq.import.look', { rows, created, updated })}</b>
      </p>
      {created + updated === 0 && <p>{t('faq.import.none')}</p>}
      {skipped > 0 && (
        <>
          <p className={styles.bad}>{t('faq.import.bad', { count: skipped })}</p>
          <ul className={styles.rows}>
            {faults.slice(0, SHOWN).map((fault, index) => (
              <BadRow key={index} fault={fault} />
            ))}
          </ul>
          {faults.length > SHOWN && <p>{t('faq.import.more', { count: faults.length - SHOWN })}</p>}
        </>
      )}
    </div>
  );
}

function BadRow({ fault }: { fault: Pick<FaqRowFault, 'row' | 'column' | 'rule' | 'limit' | 'actual' | 'unit'> }) {
  const { t } = useTranslation();
  const faultText = useFaqFaultText();
  return (
    <li data-testid="faq-bad-row">
      <b>{t('faq.import.row', { row: fault.row })}</b>
      {fault.column !== null && <span>{t(`faq.column.${fault.column}`)}</span>}
      <span>{faultText(fault)}</span>
    </li>
  );
}

/** No table at all, or one that ends in the middle. */
function Unreadable({ fault }: { fault: Error }) {
  const { t } = useTranslation();
  const faultText = useFaqFaultText();
  const fields: FieldError[] = fault instanceof ApiError ? fault.fields : [];
  if (fields.length === 0)
    return (
      <p className={styles.bad} role="alert">
        {fault instanceof ApiError ? errorText(fault.code) : t('faq.import.unreadable')}
      </p>
    );
  return (
    <div className={styles.report} role="alert">
      <p className={styles.bad}>{t('faq.import.unreadable')}</p>
      <ul className={styles.rows}>
        {fields.map((each) => {
          const [, row, name] = /^rows\.(\d+)(?:\.(\w+))?$/.exec(each.field) ?? [];
          const column = faqColumns.find((known) => known === name) ?? null;
          return row === undefined ? (
            <li key={`${each.field} ${each.rule}`}>{faultText(each)}</li>
          ) : (
            <BadRow key={`${each.field} ${each.rule}`} fault={{ ...each, row: Number(row), column }} />
          );
        })}
      </ul>
    </div>
  );
}
