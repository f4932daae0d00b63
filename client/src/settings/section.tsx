import { useId, type ReactNode } from 'react';
import { UnstyledButton } from '@mantine/core';
import styles from './settings.module.css';

export function Section({ title, hint, children }: { title: string; hint: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        <p>{hint}</p>
      </header>
      {children}
    </section>
  );
}

export function Setting({ label, hint, children }: { label: string; hint?: string; children: ReactNode }) {
  return (
    <div className={styles.setting}>
      <div>
        <span>{label}</span>
        {hint !== undefined && <p>{hint}</p>}
      </div>
      <div className={styles.control}>{children}</div>
    </div>
  );
}

interface SwitchProps {
  label: string;
  hint?: string;
  on: boolean;
  onTurn: () => void;
  testId?: string;
}

export function Switch({ label, hint, on, onTurn, testId }: SwitchProps) {
  const id = useId();
  return (
    <UnstyledButton
      className={styles.switch}
      role="switch"
      aria-checked={on}
      aria-labelledby={id}
      aria-describedby={hint === undefined ? undefined : `${id}-hint`}
      onClick={onTurn}
      data-testid={testId}
    >
      <span>
        <span id={id}>{label}</span>
        {hint !== undefined && <small id={`${id}-hint`}>{hint}</small>}
      </span>
      <span className={styles.toggle} data-on={on || undefined} aria-hidden />
    </UnstyledButton>
  );
}
