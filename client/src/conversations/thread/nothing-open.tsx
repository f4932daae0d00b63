import { IconMessages } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { later } from '../../console/later.js';
import { person } from '../../desk.js';
import { usePreferences } from '../../settings/preferences.js';
import styles from './conversation-pane.module.css';

const Tour = later(() => import('../../console/tour.js').then((module) => module.Tour));

export function NothingOpen() {
  const { t } = useTranslation();
  const { toured } = usePreferences();
  if (!toured && person.known) {
    return (
      <main className={styles.nothing}>
        <Tour onClose={() => undefined} />
      </main>
    );
  }
  return (
    <main className={styles.nothing}>
      <IconMessages size={40} stroke={1.3} aria-hidden />
      <h1>{t('thread.emptyTitle')}</h1>
      <p>{t('thread.emptyText')}</p>
      <p className={styles.keys}>{t('thread.emptyKeys')}</p>
    </main>
  );
}
