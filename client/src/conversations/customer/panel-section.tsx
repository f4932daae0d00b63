import { UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useId, useSyncExternalStore, type ReactNode } from 'react';
import { folds, type SectionName } from './folds.js';
import styles from './customer-panel.module.css';

interface Props {
  name: SectionName;
  title: string;
  /** How many there are, once that is known. */
  count?: number | undefined;
  testId?: string;
  /** Asked only while it is open. */
  children: () => ReactNode;
}

/** Folds, and stays folded at this desk. */
export function PanelSection({ name, title, count, testId, children }: Props) {
  const id = useId();
  const open = useSyncExternalStore(folds.subscribe, () => folds.isOpen(name));
  return (
    <section className={styles.section} data-testid={testId}>
      <h3>
        <UnstyledButton
          className={styles.fold}
          aria-expanded={open}
          aria-controls={id}
          onClick={() => folds.turn(name)}
          data-testid={`fold-${name}`}
        >
          <IconChevronRight size={14} aria-hidden />
          {title}
          {count !== undefined && count > 0 && <span className={styles.count}>{count}</span>}
        </UnstyledButton>
      </h3>
      <div id={id} hidden={!open}>
        {open && children()}
      </div>
    </section>
  );
}
