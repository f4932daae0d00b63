import { UnstyledButton } from '@mantine/core';
import type { ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../session/session.js';
import styles from './top-bar.module.css';

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
