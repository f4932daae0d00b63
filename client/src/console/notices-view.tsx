import { CloseButton } from '@mantine/core';
import { IconAlertCircle, IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { dismissNotice, useNotices } from './notices.js';
import styles from './notices.module.css';

export function NoticesView() {
  const { t } = useTranslation();
  return (
    <section className={styles.notices} role="status" aria-label={t('common.notices')} data-testid="notices">
      {useNotices().map(({ id, text, tone }) => (
        <div key={id} className={styles.notice} data-tone={tone}>
          {tone === 'news' ? <IconInfoCircle size={18} aria-hidden /> : <IconAlertCircle size={18} aria-hidden />}
          <span>{text}</span>
          <CloseButton size="sm" aria-label={t('common.close')} onClick={() => dismissNotice(id)} />
        </div>
      ))}
    </section>
  );
}
