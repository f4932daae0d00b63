import { Link, useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import styles from './bots-screen.module.css';

/** The screens on which bots are told what to say; each where this console has it. */
const places = [
  { path: '/admin/faq', label: 'bots.admin.faq' },
  { path: '/flows', label: 'bots.admin.flows' },
  { path: '/replays', label: 'bots.admin.replays' },
] as const;

export function Knowledge() {
  const { t } = useTranslation();
  const known = useRouter().routesByPath as Record<string, unknown>;
  return (
    <nav className={styles.knowledge} aria-label={t('bots.admin.knowledge')}>
      {places
        .filter(({ path }) => path in known)
        .map(({ path, label }) => (
          <Link key={path} to={path as '/'} search={(old) => old}>
            {t(label)}
          </Link>
        ))}
    </nav>
  );
}
