import { ActionIcon } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import styles from './frame.module.css';

interface Props {
  title: ReactNode;
  back: { label: string; onClick: () => void };
  acts?: ReactNode;
  children: ReactNode;
}

export function Frame({ title, back, acts, children }: Props) {
  return (
    <main className={styles.frame} data-testid="queues-admin">
      <header className={styles.head}>
        <ActionIcon
          size="lg"
          aria-label={back.label}
          title={back.label}
          onClick={back.onClick}
          data-testid="admin-back"
        >
          <IconArrowLeft size={19} aria-hidden />
        </ActionIcon>
        <h1>{title}</h1>
        <div className={styles.acts}>{acts}</div>
      </header>
      <div className={styles.body}>{children}</div>
    </main>
  );
}
