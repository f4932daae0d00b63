import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { containmentQuery } from '../../bots/queries.js';
import { useLocale } from '../../i18n/i18n.js';
import styles from './bots-screen.module.css';

/** What became of the enquiries that a bot had first. */
export function Containment({ accountId }: { accountId: string }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { data } = useQuery(containmentQuery(accountId));
  if (!data) return null;
  const { contacts, contained, handedOff, takenOver } = data;
  const over = contained + handedOff + takenOver;
  const share = over === 0 ? t('common.none') : `${((100 * contained) / over).toFixed(1)}%`;
  const told = [
    ['contacts', t('bots.admin.contacts'), contacts],
    ['contained', t('bots.admin.contained'), contained],
    ['handedOff', t('bots.admin.handedOff'), handedOff],
    ['takenOver', t('bots.admin.takenOver'), takenOver],
  ] as const;
  return (
    <section className={styles.section} data-testid="containment">
      <h2>{t('bots.admin.containment')}</h2>
      <dl className={styles.numbers} data-whole>
        {told.map(([name, word, value]) => (
          <div key={name}>
            <dt>{word}</dt>
            <dd data-testid={`containment-${name}`}>{value.toLocaleString(locale)}</dd>
          </div>
        ))}
        <div>
          <dt>{t('bots.admin.share')}</dt>
          <dd>{share}</dd>
        </div>
      </dl>
      <p>{t('bots.admin.containmentHint')}</p>
    </section>
  );
}
