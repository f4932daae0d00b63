import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { forbiddenLimits, type ForbiddenSeverity, type ForbiddenWord } from '#libs/contracts/index.js';
import { showFault } from '../console/notices.js';
import { api } from '../http/api.js';
import { toApiError } from '../http/api-error.js';
import { useMay, useSession } from '../session/session.js';
import { cannedKeys, forbiddenQuery } from './queries.js';
import styles from './forbidden-section.module.css';

/** NGワード of an official account: added in one line, changed where they stand. */
export function ForbiddenSection() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { accounts } = useSession();
  const manages = useMay('canned.manage');
  const { data: all, isError, refetch, isFetching } = useQuery(forbiddenQuery());
  const [accountId, setAccountId] = useState(accounts[0]?.id ?? '');
  const [removed, setRemoved] = useState<ForbiddenWord | null>(null);
  const refresh = () => client.invalidateQueries({ queryKey: cannedKeys.forbidden });
  const edit = useMutation({
    mutationFn: ({ id, severity }: { id: string; severity: ForbiddenSeverity }) =>
      api.editForbiddenWord(id, { severity }),
    onSuccess: refresh,
    onError: showFault,
  });
  const remove = useMutation({
    mutationFn: (word: ForbiddenWord) => api.removeForbiddenWord(word.id),
    onSuccess: (_, word) => {
      setRemoved(word);
      return refresh();
    },
    onError: showFault,
  });
  const putBack = useMutation({
    mutationFn: ({ id: _, ...word }: ForbiddenWord) => api.addForbiddenWord(word),
    onSuccess: () => {
      setRemoved(null);
      return refresh();
    },
    onError: showFault,
  });
  const words = all?.filter((word) => word.accountId === accountId);

  return (
    <section className={styles.section} aria-label={t('canned.words.title')} data-testid="forbidden">
      <p className={styles.about}>{t('canned.words.about')}</p>
      {accounts.length > 1 && (
        <NativeSelect
          label={t('canned.words.account')}
          className={styles.account}
          value={accountId}
          onChange={(event) => setAccountId(event.currentTarget.value)}
          data={accounts.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      {manages ? <Add accountId={accountId} onAdded={refresh} /> : <p>{t('canned.words.noRight')}</p>}
      {removed && (
        <p className={styles.removed} role="status">
          {t('canned.words.removed', { word: removed.word })}
          <Button size="compact-sm" variant="light" loading={putBack.isPending} onClick={() => putBack.mutate(removed)}>
            {t('canned.undo')}
          </Button>
        </p>
      )}
      {!all && isError && (
        <p role="alert">
          {t('canned.words.failed')}
          <Button size="compact-sm" variant="default" loading={isFetching} onClick={() => void refetch()}>
            {t('canned.retry')}
          </Button>
        </p>
      )}
      {words?.length === 0 && <p className={styles.about}>{t('canned.words.empty')}</p>}
      {words && words.length > 0 && (
        <ul className={styles.words}>
          {words.map((word) => (
            <li key={word.id} data-testid="forbidden-word">
              <span className={styles.word}>
                <b>{word.word}</b>
                {word.note !== '' && <small>{word.note}</small>}
              </span>
              {manages ? (
                <>
                  <NativeSelect
                    size="xs"
                    aria-label={t('canned.words.change', { word: word.word })}
                    value={word.severity}
                    onChange={(event) =>
                      edit.mutate({ id: word.id, severity: event.currentTarget.value === 'block' ? 'block' : 'warn' })
                    }
                    data={severities(t('canned.words.warn'), t('canned.words.block'))}
                  />
                  <ActionIcon
                    aria-label={t('canned.words.remove', { word: word.word })}
                    onClick={() => remove.mutate(word)}
                    data-testid="remove-word"
                  >
                    <IconTrash size={16} aria-hidden />
                  </ActionIcon>
                </>
              ) : (
                <span>{t(`canned.words.${word.severity}`)}</span>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function severities(warn: string, block: string): { value: ForbiddenSeverity; label: string }[] {
  return [
    { value: 'warn', label: warn },
    { value: 'block', label: block },
  ];
}

function Add({ accountId, onAdded }: { accountId: string; onAdded: () => Promise<unknown> }) {
  const { t } = useTranslation();
  const first = useRef<HTMLInputElement>(null);
  const [word, setWord] = useState('');
  const [note, setNote] = useState('');
  const [severity, setSeverity] = useState<ForbiddenSeverity>('warn');
  const [fault, setFault] = useState<string | null>(null);
  const add = useMutation({
    mutationFn: () => api.addForbiddenWord({ accountId, word, severity, note }),
    onSuccess: () => {
      setWord('');
      setNote('');
      first.current?.focus();
      return onAdded();
    },
    onError: (error) => {
      const [known] = toApiError(error).fields;
      if (known?.rule === 'taken') setFault(t('canned.words.taken'));
      else if (known?.rule === 'full') setFault(t('canned.words.full', { limit: known.limit }));
      else showFault(error);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (word.trim() === '') return first.current?.focus();
    add.mutate();
  };
  return (
    <form className={styles.add} onSubmit={submit} noValidate>
      <TextInput
        ref={first}
        label={t('canned.words.word')}
        maxLength={forbiddenLimits.word}
        value={word}
        onChange={(event) => {
          setWord(event.currentTarget.value);
          setFault(null);
        }}
        error={fault}
        data-testid="word"
      />
      <NativeSelect
        label={t('canned.words.severity')}
        value={severity}
        onChange={(event) => setSeverity(event.currentTarget.value === 'block' ? 'block' : 'warn')}
        data={severities(t('canned.words.warn'), t('canned.words.block'))}
        data-testid="severity"
      />
      <TextInput
        label={t('canned.words.note')}
        maxLength={forbiddenLimits.note}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        className={styles.note}
      />
      <Button type="submit" loading={add.isPending} data-testid="add-word">
        {t('canned.words.add')}
      </Button>
    </form>
  );
}
