import { UnstyledButton } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldError } from '#libs/contracts/index.js';
import { isComposing } from '../../console/keys.js';
import { toApiError } from '../../http/api-error.js';
import styles from './customer-panel.module.css';

interface Props {
  label: string;
  placeholder: string;
  value: string | null;
  limit: number;
  large?: boolean;
  readOnly: boolean;
  onSave: (value: string | null) => Promise<void>;
  testId: string;
  /** In the empty field, in place of the placeholder. */
  hint?: string | undefined;
  /** What a rule of the server means in words, where this text has rules of its own. */
  faultWords?: (fault: FieldError) => string | undefined;
}

/** A text that turns into a field where it stands. Enter and leaving save, Esc takes back. */
export function EditableText(props: Props) {
  const { label, placeholder, value, limit, large, readOnly, onSave, testId, hint, faultWords } = props;
  const { t } = useTranslation();
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const face = useRef<HTMLButtonElement>(null);
  const editing = draft !== null;
  useEffect(() => {
    if (editing) field.current?.select();
  }, [editing]);

  const leave = (focus: boolean) => {
    setDraft(null);
    setFault(null);
    if (focus) requestAnimationFrame(() => face.current?.focus());
  };
  const save = async (focus: boolean) => {
    if (draft === null) return;
    const text = draft.trim();
    if (text === (value ?? '')) return leave(focus);
    if (text.length > limit) return setFault(t('customer.tooLong', { limit }));
    try {
      await onSave(text === '' ? null : text);
      leave(focus);
    } catch (error) {
      const { code, fields } = toApiError(error);
      setFault((fields[0] && faultWords?.(fields[0])) ?? t(`errors.${code}`));
    }
  };
  const press = (event: KeyboardEvent) => {
    if (isComposing({ ...event, isComposing: event.nativeEvent.isComposing })) return;
    if (event.key === 'Enter') void save(true);
    if (event.key !== 'Escape') return;
    // Not the drawer's Esc: it would close over what is being edited.
    event.stopPropagation();
    event.preventDefault();
    leave(true);
  };

  if (readOnly) {
    return (
      <div className={styles.editable} data-large={large || undefined} data-testid={testId}>
        <small>{label}</small>
        <span>{value ?? t('common.none')}</span>
      </div>
    );
  }
  if (!editing) {
    return (
      <UnstyledButton
        ref={face}
        className={styles.editable}
        data-large={large || undefined}
        aria-label={`${label}: ${value ?? placeholder} — ${t('customer.edit', { field: label })}`}
        onClick={() => setDraft(value ?? '')}
        data-testid={testId}
      >
        <small>{label}</small>
        <span data-empty={value === null || undefined}>
          {value ?? placeholder}
          <IconPencil size={13} aria-hidden />
        </span>
      </UnstyledButton>
    );
  }
  return (
    <div className={styles.editable} data-large={large || undefined} data-editing>
      <label htmlFor={id}>
        <small>{label}</small>
      </label>
      <input
        id={id}
        ref={field}
        value={draft}
        placeholder={hint ?? placeholder}
        aria-invalid={fault !== null || undefined}
        aria-describedby={fault === null ? undefined : `${id}-fault`}
        autoComplete="off"
        onChange={(event) => setDraft(event.currentTarget.value)}
        onKeyDown={press}
        onBlur={() => void save(false)}
        data-testid={`${testId}-input`}
      />
      {fault !== null && (
        <small id={`${id}-fault`} className={styles.fault} role="alert">
          {fault}
        </small>
      )}
    </div>
  );
}
