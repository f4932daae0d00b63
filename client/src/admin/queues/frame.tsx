import { ActionIcon } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useEffect, useRef, type ReactNode } from 'react';
import styles from './frame.module.css';

interface Props {
  title: ReactNode;
  back: { label: string; onClick: () => void };
  acts?: ReactNode;
  testId?: string;
  children: ReactNode;
}

export function Frame({ title, back, acts, testId = 'queues-admin', children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  // Where somebody is now is read out, and the keyboard goes on from here.
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <main className={styles.frame} data-testid={testId}>
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
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        <div className={styles.acts}>{acts}</div>
      </header>
      <div className={styles.body}>{children}</div>
    </main>
  );
}
