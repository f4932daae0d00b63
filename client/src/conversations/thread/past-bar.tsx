import { Button } from '@mantine/core';
import { IconArrowDown, IconHistory } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import styles from './thread-view.module.css';

/** Below a stretch of an earlier time: the way back to the live end, and what has come in there meanwhile. */
export function PastBar({ news, onLive }: { news: number; onLive: () => void }) {
  const { t } = useTranslation();
  return (
    <div className={styles.past} role="status" data-testid="past-bar">
      <IconHistory size={15} aria-hidden />
      <span className={styles.pastText}>{t('finding.past')}</span>
      {news > 0 && (
        <span className={styles.pastNews} data-testid="past-news">
          {t('finding.pastNews', { count: news })}
        </span>
      )}
      <Button
        size="compact-xs"
        variant={news > 0 ? 'filled' : 'default'}
        rightSection={<IconArrowDown size={14} aria-hidden />}
        onClick={onLive}
        data-testid="to-live"
      >
        {t('finding.toLive')}
      </Button>
    </div>
  );
}
