import { IconMessages } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import styles from './conversation-pane.module.css';

export function NothingOpen() {
  const { t } = useTranslation();
  return (
    <main className={styles.nothing}>
      <IconMessages size={40} stroke={1.3} aria-hidden />
      <h1>{t('thread.emptyTitle')}</h1>
      <p>{t('thread.emptyText')}</p>
      <p className={styles.keys}>{t('thread.emptyKeys')}</p>
    </main>
  );
}
