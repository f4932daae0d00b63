import { useState } from 'react';
import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CustomerProfile } from '#libs/contracts/index.js';
import { useLocale } from '../../i18n/i18n.js';
import { formatDateTime } from '../../time/format.js';
import styles from './customer-panel.module.css';

/** For whoever sees numbers whole: to whom a covered one was shown. The last time stands there, earlier ones on request. */
export function Reveals({ reveals }: { reveals: NonNullable<CustomerProfile['reveals']> }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const [all, setAll] = useState(false);
  return (
    <div data-testid="reveals">
      <dt>{t('customers.reveals')}</dt>
      <dd>
        <ul className={styles.reveals}>
          {reveals.slice(0, all ? undefined : 1).map(({ by, at }) => (
            <li key={`${by} ${at}`}>
              {by} <time dateTime={at}>{formatDateTime(Date.parse(at), locale)}</time>
            </li>
          ))}
        </ul>
        {reveals.length > 1 && (
          <UnstyledButton className={styles.link} aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? t('customers.revealsLess') : t('customers.revealsMore', { count: reveals.length - 1 })}
          </UnstyledButton>
        )}
      </dd>
    </div>
  );
}
