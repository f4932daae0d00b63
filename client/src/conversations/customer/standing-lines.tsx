import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CustomerProfile } from '#libs/contracts/index.js';
import { useConsole } from '../../console/use-console.js';
import { useLocale } from '../../i18n/i18n.js';
import { formatDay } from '../../time/format.js';
import styles from './customer-panel.module.css';

/** Who decided it and why; nothing for most customers. */
export function StandingLines({ profile: { block, optOut, customer, successor } }: { profile: CustomerProfile }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { open } = useConsole();
  const of = ({ by, at }: { by: string | null; at: string }) => ({
    name: by ?? t('activity.somebody'),
    date: formatDay(Date.parse(at), locale),
  });
  if (block === null && optOut === null && !customer.former) return null;
  return (
    <div className={styles.standing}>
      {block && (
        <p className={styles.quiet}>
          {t('customers.standing.blockedBy', of(block))}
          {block.reason && <span>{t('customers.standing.blockedWhy', { reason: block.reason })}</span>}
        </p>
      )}
      {optOut && <p className={styles.quiet}>{t('customers.standing.optedOutBy', of(optOut))}</p>}
      {customer.former && (
        <p className={styles.quiet}>
          {t('customers.standing.formerText')}
          {successor && (
            <UnstyledButton className={styles.link} onClick={() => open(successor.conversationId)}>
              {t('customers.standing.openSuccessor')}
            </UnstyledButton>
          )}
        </p>
      )}
    </div>
  );
}
