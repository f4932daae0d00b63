import { Button } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import styles from './failed-page.module.css';

export function FailedPage({ onRetry, busy }: { onRetry: () => void; busy: boolean }) {
  const { t } = useTranslation();
  return (
    <main className={styles.page} role="alert">
      <IconPlugConnectedX size={36} stroke={1.5} aria-hidden />
      <h1>{t('session.failed')}</h1>
      <p>{t('session.failedHint')}</p>
      <Button variant="default" onClick={onRetry} loading={busy}>
        {t('common.retry')}
      </Button>
    </main>
  );
}
