import { UnstyledButton } from '@mantine/core';
import { useState, type ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../session/session.js';
import { later } from './later.js';
import styles from './top-bar.module.css';

const UserMenuPanel = later(() => import('./user-menu-panel.js').then((module) => module.UserMenuPanel), {
  waiting: <UserFace />,
  soon: true,
});

export function UserMenu({ onHelp }: { onHelp: () => void }) {
  const [wanted, setWanted] = useState(false);
  if (wanted) return <UserMenuPanel onHelp={onHelp} onClose={() => setWanted(false)} />;
  return <UserFace aria-haspopup="dialog" aria-expanded={false} onClick={() => setWanted(true)} />;
}

export function UserFace(props: ComponentProps<'button'>) {
  const { t } = useTranslation();
  const { agent } = useSession();
  return (
    <UnstyledButton
      {...props}
      className={styles.user}
      aria-label={t('menu.user', { name: agent.name })}
      data-testid="user-menu"
    >
      <span className={styles.initial} aria-hidden>
        {[...agent.name][0]}
      </span>
      <span>{agent.name}</span>
    </UnstyledButton>
  );
}
