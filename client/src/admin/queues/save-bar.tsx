import { Button } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { modKey } from '../../console/use-shortcuts.js';
import { useFaultText } from './editing.js';
import type { useQueueDraft } from './use-queue-draft.js';
import styles from './queue-editor.module.css';

/** Always at hand at the foot of the form; says how things stand and saves. */
export function SaveBar({ draft }: { draft: ReturnType<typeof useQueueDraft> }) {
  const { t } = useTranslation();
  const text = useFaultText();
  const { changed, faults, savedAt, isBusy } = draft;
  const only = faults.length === 1 ? faults[0] : undefined;
  return (
    <div className={styles.bar}>
      <p role="status" data-testid="save-state" data-saved={savedAt ?? undefined}>
        {faults.length > 0 ? (
          <span className={styles.fault}>
            {t('queues.edit.faults', { count: faults.length })} {only && text(only)}
          </span>
        ) : savedAt !== null ? (
          <span className={styles.saved}>
            <IconCheck size={15} aria-hidden />
            {t('queues.edit.saved')}
          </span>
        ) : (
          changed.length > 0 && t('queues.edit.unsaved')
        )}
      </p>
      {changed.length > 0 && (
        <Button size="sm" variant="default" disabled={isBusy} onClick={draft.reset} data-testid="reset-queue">
          {t('queues.edit.reset')}
        </Button>
      )}
      <Button
        size="sm"
        type="submit"
        loading={isBusy}
        disabled={changed.length === 0 || draft.theirs !== null}
        title={`${modKey} + Enter`}
        data-testid="save-queue"
      >
        {t('queues.edit.save')}
      </Button>
    </div>
  );
}
