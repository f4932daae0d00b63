import { ActionIcon, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Hands } from './writing.js';

export interface ToolProps {
  hands: Hands;
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
