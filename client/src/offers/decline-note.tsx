import { Button, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { contactLimits } from '#libs/contracts/index.js';
import styles from './offers.module.css';

interface Props {
  busy: boolean;
  onDecline: (note: string) => void;
  onCancel: () => void;
}

/** The reason that is none of the usual ones, in her own words. */
export function DeclineNote({ busy, onDecline, onCancel }: Props) {
  const { t } = useTranslation();
  const [note, setNote] = useState('');
  const tooLong = note.length > contactLimits.declineNote;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!busy && !tooLong) onDecline(note.trim());
  };
  return (
    <form
      className={styles.why}
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
        event.preventDefault();
        onCancel();
      }}
      data-testid="decline-note"
    >
      <TextInput
        size="sm"
        // She has just chosen to write it.
        data-autofocus
        autoFocus
        label={t('offers.note')}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        error={tooLong && t('offers.noteTooLong', { limit: contactLimits.declineNote, count: note.length })}
        autoComplete="off"
      />
      <div className={styles.actions}>
        <Button
          type="submit"
          size="sm"
          variant="default"
          loading={busy}
          disabled={tooLong}
          data-testid="decline-submit"
        >
          {t('offers.decline')}
        </Button>
        <Button size="sm" variant="subtle" color="gray" onClick={onCancel}>
          {t('offers.back')}
        </Button>
      </div>
    </form>
  );
}
