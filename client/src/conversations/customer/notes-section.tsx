import { ActionIcon, Button, Textarea } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { customerLimits, type CustomerProfile } from '#libs/contracts/index.js';
import { isSendKey } from '../../console/keys.js';
import { showFault } from '../../console/notices.js';
import { api } from '../../http/api.js';
import { useLocale } from '../../i18n/i18n.js';
import { useMay, useSession } from '../../session/session.js';
import { formatDateTime } from '../../time/format.js';
import styles from './customer-panel.module.css';

interface Props {
  profile: CustomerProfile;
  onChanged: () => void;
}

/** About the person, beside what is said about one contact in its thread. */
export function NotesSection({ profile, onChanged }: Props) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { agent } = useSession();
  const mayEdit = useMay('customer.edit');
  const manages = useMay('customer.manage');
  const { customer, notes } = profile;
  const [text, setText] = useState<string | null>(null);
  const add = useMutation({
    mutationFn: (written: string) => api.addCustomerNote(customer.id, written),
    onSuccess: () => {
      setText(null);
      onChanged();
    },
    onError: showFault,
  });
  const remove = useMutation({
    mutationFn: (noteId: string) => api.removeCustomerNote(customer.id, noteId),
    onSuccess: onChanged,
    onError: showFault,
  });
  const limit = customerLimits.note;
  const tooLong = text !== null && text.length > limit;
  const save = () => {
    if (text !== null && text.trim() !== '' && !tooLong && !add.isPending) add.mutate(text);
  };
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const { key, keyCode, ctrlKey, metaKey, altKey, shiftKey } = event;
    const keys = { key, keyCode, ctrlKey, metaKey, altKey, shiftKey, isComposing: event.nativeEvent.isComposing };
    if (isSendKey(keys, 'modEnter')) {
      event.preventDefault();
      save();
    } else if (key === 'Escape' && !keys.isComposing) {
      event.stopPropagation();
      event.preventDefault();
      if (text?.trim() === '') setText(null);
    }
  };
  return (
    <div className={styles.notes} data-testid="customer-notes">
      {notes.length === 0 && text === null && <p className={styles.quiet}>{t('customers.notes.empty')}</p>}
      <ul>
        {notes.map((note) => (
          <li key={note.id} data-testid="customer-note">
            <p>{note.text}</p>
            <div>
              <small>
                {t('customers.notes.by', {
                  name: note.by.name,
                  time: formatDateTime(Date.parse(note.at), locale),
                })}
              </small>
              {mayEdit && (note.by.id === agent.id || manages) && (
                <ActionIcon
                  size="sm"
                  aria-label={t('customers.notes.remove', { text: note.text.slice(0, 20) })}
                  disabled={remove.isPending}
                  onClick={() => remove.mutate(note.id)}
                >
                  <IconTrash size={14} aria-hidden />
                </ActionIcon>
              )}
            </div>
          </li>
        ))}
      </ul>
      {mayEdit && text === null && (
        <Button size="compact-xs" variant="default" onClick={() => setText('')} data-testid="add-note">
          {t('customers.notes.add')}
        </Button>
      )}
      {text !== null && (
        <div className={styles.writing} data-editing>
          <Textarea
            autosize
            autoFocus
            minRows={2}
            maxRows={8}
            aria-label={t('customers.notes.add')}
            placeholder={t('customers.notes.placeholder')}
            value={text}
            error={tooLong ? t('customers.notes.tooLong', { limit, count: text.length }) : undefined}
            onChange={(event) => setText(event.currentTarget.value)}
            onKeyDown={press}
            data-testid="note-text"
          />
          <div className={styles.buttons}>
            <Button size="compact-sm" loading={add.isPending} onClick={save} data-testid="save-note">
              {t('customers.notes.save')}
            </Button>
            <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setText(null)}>
              {t('common.cancel')}
            </Button>
          </div>
        </div>
      )}
    </div>
  );
}
