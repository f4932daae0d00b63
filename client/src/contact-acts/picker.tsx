import { TextInput } from '@mantine/core';
import { IconCheck, IconSearch } from '@tabler/icons-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { isComposing } from '../console/keys.js';
import styles from './picker.module.css';

export interface PickerOption {
  id: string;
  face: ReactNode;
  /** Shown with the reason, and not to be had. */
  disabled: boolean;
}

interface Props {
  label: string;
  placeholder: string;
  search: string;
  onSearch: (text: string) => void;
  options: PickerOption[];
  /** A list: several may be chosen at once. */
  chosen: string | null | readonly string[];
  onChoose: (id: string) => void;
  nobody: string;
  optionTestId: string;
}

/** A field to search in and what was found below it: arrows move, Enter chooses, and the hands stay on the keys. */
export function Picker({
  label,
  placeholder,
  search,
  onSearch,
  options,
  chosen,
  onChoose,
  nobody,
  optionTestId,
}: Props) {
  const id = useId();
  const [at, setAt] = useState<string | null>(null);
  const several = typeof chosen === 'object' && chosen !== null;
  const isChosen = (optionId: string) => (several ? chosen.includes(optionId) : optionId === chosen);
  const list = useRef<HTMLUListElement>(null);
  const active = options.find((option) => option.id === at) ?? options.find(({ disabled }) => !disabled) ?? options[0];
  useEffect(() => {
    if (at !== null) list.current?.querySelector('[data-active]')?.scrollIntoView({ block: 'nearest' });
  }, [at]);

  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (isComposing({ ...keysOf(event), isComposing: event.nativeEvent.isComposing })) return;
    const place = options.findIndex((option) => option === active);
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const next = options[Math.min(options.length - 1, Math.max(0, place + (event.key === 'ArrowDown' ? 1 : -1)))];
      if (next) setAt(next.id);
    }
    if (event.key === 'Enter') {
      event.preventDefault();
      if (active && !active.disabled) onChoose(active.id);
    }
  };

  return (
    <div className={styles.picker}>
      <TextInput
        data-autofocus
        role="combobox"
        aria-label={label}
        aria-expanded="true"
        aria-autocomplete="list"
        aria-controls={`${id}-list`}
        aria-activedescendant={active ? `${id}-${active.id}` : undefined}
        placeholder={placeholder}
        autoComplete="off"
        leftSection={<IconSearch size={15} aria-hidden />}
        value={search}
        onChange={(event) => {
          setAt(null);
          onSearch(event.currentTarget.value);
        }}
        onKeyDown={press}
        data-testid="picker-search"
      />
      <ul
        ref={list}
        id={`${id}-list`}
        role="listbox"
        aria-multiselectable={several || undefined}
        aria-label={label}
        className={styles.list}
        data-testid="picker-list"
      >
        {options.map((option) => (
          <li
            key={option.id}
            id={`${id}-${option.id}`}
            role="option"
            aria-selected={isChosen(option.id)}
            aria-disabled={option.disabled || undefined}
            className={styles.option}
            data-active={option === active || undefined}
            data-option-id={option.id}
            data-testid={optionTestId}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => {
              setAt(option.id);
              if (!option.disabled) onChoose(option.id);
            }}
          >
            <span className={styles.face}>{option.face}</span>
            <span className={styles.check}>{isChosen(option.id) && <IconCheck size={16} aria-hidden />}</span>
          </li>
        ))}
      </ul>
      {options.length === 0 && (
        <p className={styles.nobody} role="status">
          {nobody}
        </p>
      )}
    </div>
  );
}

function keysOf({ key, keyCode, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent) {
  return { key, keyCode, ctrlKey, metaKey, altKey, shiftKey };
}
