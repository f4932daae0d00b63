import { Button, UnstyledButton } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { recentSearches } from './recent-searches.js';
import styles from './search-results.module.css';

/** Before anything is searched for: what was, and how to. */
export function SearchTips({ onWrite }: { onWrite: (q: string) => void }) {
  const { t } = useTranslation();
  const [recent, setRecent] = useState(recentSearches.all);
  const forget = () => {
    recentSearches.clear();
    setRecent([]);
  };
  return (
    <div className={styles.scroller} data-testid="search-tips">
      {recent.length > 0 && (
        <section className={styles.group}>
          <header>
            <h2>{t('finding.recent')}</h2>
            <Button variant="subtle" size="compact-xs" onClick={forget}>
              {t('finding.forget')}
            </Button>
          </header>
          {recent.map((q) => (
            <UnstyledButton key={q} className={styles.recent} onClick={() => onWrite(q)} data-testid="recent-search">
              <IconHistory size={15} aria-hidden />
              <span>{q}</span>
            </UnstyledButton>
          ))}
        </section>
      )}
      <section className={styles.tips}>
        <h2>{t('finding.tipsTitle')}</h2>
        <ul>
          <li>{t('finding.tipOne')}</li>
          <li>{t('finding.tipWords')}</li>
          <li>{t('finding.tipPhone')}</li>
          <li className={styles.keysTip}>{t('finding.tipKeys')}</li>
        </ul>
      </section>
    </div>
  );
}
