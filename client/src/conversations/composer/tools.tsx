import { ActionIcon, Tooltip } from '@mantine/core';
import type { ComponentType, ReactNode } from 'react';
import type { Writing } from './writing.js';
import styles from './tools.module.css';

export interface ToolProps {
  writing: Writing;
}

/** The row under the field, from left to right. A tool that has no use in a tab renders nothing there. */
const tools: readonly { name: string; Tool: ComponentType<ToolProps> }[] = [];

export function Tools({ writing }: ToolProps) {
  if (tools.length === 0) return null;
  return (
    <div className={styles.tools}>
      {tools.map(({ name, Tool }) => (
        <Tool key={name} writing={writing} />
      ))}
    </div>
  );
}

interface ButtonProps {
  /** Said by the tooltip and to screen readers. */
  label: string;
  onClick: () => void;
  testId: string;
  children: ReactNode;
}

/** How every tool looks. It leaves the cursor in the field. */
export function ToolButton({ label, onClick, testId, children }: ButtonProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        size="md"
        variant="subtle"
        color="gray"
        aria-label={label}
        onMouseDown={(event) => event.preventDefault()}
        onClick={onClick}
        data-testid={testId}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
