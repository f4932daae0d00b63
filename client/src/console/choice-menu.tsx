import { Menu } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import type { ReactElement, ReactNode } from 'react';

interface Props<V extends string> {
  value: V;
  choices: { value: V; label: string; icon?: ReactNode; testId?: string }[];
  onChoose: (value: V) => void;
  position: 'bottom-start' | 'bottom-end';
  width: number;
  children: ReactElement;
}

/** One of several, behind a button. */
export function ChoiceMenu<V extends string>({ value, choices, onChoose, position, width, children }: Props<V>) {
  return (
    <Menu position={position} width={width}>
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={value} onChange={(chosen) => onChoose(chosen as V)}>
          {choices.map((choice) => (
            <Menu.RadioItem
              key={choice.value}
              value={choice.value}
              closeMenuOnClick
              checkIcon={<IconCheck size={14} aria-hidden />}
              rightSection={choice.icon}
              data-testid={choice.testId}
            >
              {choice.label}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
