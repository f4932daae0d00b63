import { ActionIcon, Button } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPencil } from '@tabler/icons-react';
import { useMutation, useQueryClient, type QueryKey } from '@tanstack/react-query';
import { Fragment, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { showFault } from '../../console/notices.js';
import { swapped } from './swapped.js';
import styles from './customers-screen.module.css';

interface Entry {
  id: string;
  active: boolean;
}

/** A change that every kind of entry knows. */
type Change = { position: number } | { active: boolean };

interface FormProps<T> {
  /** The one that is changed; without it, one is added. */
  entry?: T;
  onSaved: () => Promise<void>;
  onCancel?: () => void;
}

interface Props<T extends Entry> {
  heading: string;
  hint: string;
  none: string;
  /** Undefined until they are there. */
  entries: readonly T[] | undefined;
  failed: boolean;
  queryKey: QueryKey;
  testId: string;
  nameOf: (entry: T) => string;
  look: (entry: T) => ReactNode;
  form: (props: FormProps<T>) => ReactNode;
  change: (id: string, body: Change) => Promise<unknown>;
}

/** Entries in an order of their own: moved, renamed, retired and brought back, and a form for another one below. */
export function OrderedSection<T extends Entry>({ entries, nameOf, look, form, change, ...rest }: Props<T>) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [editing, setEditing] = useState<string | null>(null);
  const [used, retired] = [true, false].map((wanted) => (entries ?? []).filter(({ active }) => active === wanted)) as [
    T[],
    T[],
  ];
  const again = () => client.invalidateQueries({ queryKey: rest.queryKey });
  const edit = useMutation({
    mutationFn: async (changes: { id: string; body: Change }[]) => {
      for (const { id, body } of changes) await change(id, body);
    },
    onSettled: again,
    onError: showFault,
  });
  const acts = (entry: T, place: number) => {
    const named = { name: nameOf(entry) };
    return (
      <span className={styles.acts}>
        <ActionIcon
          aria-label={t('customers.admin.up', named)}
          disabled={place === 0 || edit.isPending}
          onClick={() => edit.mutate(swapped(used, place - 1))}
        >
          <IconArrowUp size={16} aria-hidden />
        </ActionIcon>
        <ActionIcon
          aria-label={t('customers.admin.down', named)}
          disabled={place === used.length - 1 || edit.isPending}
          onClick={() => edit.mutate(swapped(used, place))}
        >
          <IconArrowDown size={16} aria-hidden />
        </ActionIcon>
        <ActionIcon aria-label={t('customers.admin.rename', named)} onClick={() => setEditing(entry.id)}>
          <IconPencil size={16} aria-hidden />
        </ActionIcon>
        <Button
          size="compact-xs"
          variant="default"
          aria-label={t('customers.admin.retireOf', named)}
          onClick={() => edit.mutate([{ id: entry.id, body: { active: false } }])}
        >
          {t('customers.admin.retire')}
        </Button>
      </span>
    );
  };
  const what = (entry: T) => <span className={styles.what}>{look(entry)}</span>;
  return (
    <section className={styles.section}>
      <h2>{rest.heading}</h2>
      <p>{rest.hint}</p>
      {rest.failed && !entries && <p role="alert">{t('customers.failed')}</p>}
      {entries && used.length === 0 && <p>{rest.none}</p>}
      {used.length > 0 && (
        <ul>
          {used.map((entry, place) => (
            <li key={entry.id} data-testid={rest.testId}>
              {editing === entry.id ? (
                form({
                  entry,
                  onCancel: () => setEditing(null),
                  onSaved: async () => {
                    await again();
                    setEditing(null);
                  },
                })
              ) : (
                <>
                  {what(entry)}
                  {acts(entry, place)}
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      {entries && <Fragment key={entries.length}>{form({ onSaved: again })}</Fragment>}
      {retired.length > 0 && (
        <details className={styles.retired}>
          <summary>{t('customers.admin.retired')}</summary>
          <ul>
            {retired.map((entry) => (
              <li key={entry.id}>
                {what(entry)}
                <Button
                  size="compact-xs"
                  variant="default"
                  aria-label={t('customers.admin.restoreOf', { name: nameOf(entry) })}
                  onClick={() => edit.mutate([{ id: entry.id, body: { active: true } }])}
                >
                  {t('customers.admin.restore')}
                </Button>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
