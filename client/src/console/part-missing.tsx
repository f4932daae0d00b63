import { Button } from '@mantine/core';
import { useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './part-missing.module.css';

interface Props {
  busy: boolean;
  onRetry: () => void;
  onClose: () => void;
}

/** In the place of a dialog that could not be fetched. The browser's own: the one we use may be what is missing. */
export function PartMissing({ busy, onRetry, onClose }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // Gives the focus back to whatever asked for it.
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      role="dialog"
      className={styles.missing}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      data-testid="part-missing"
    >
      <h2 id={`${id}-title`}>{t('part.missing')}</h2>
      <p id={`${id}-text`}>{t('part.missingHint')}</p>
      <div className={styles.choices}>
        <Button variant="default" onClick={onClose}>
          {t('common.close')}
        </Button>
        <Button onClick={onRetry} loading={busy} data-testid="part-retry">
          {t('common.retry')}
        </Button>
      </div>
    </dialog>
  );
}
