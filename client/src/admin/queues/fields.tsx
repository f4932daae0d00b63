import { TextInput } from '@mantine/core';
import { useId, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../../i18n/i18n.js';
import { durationWords } from './duration.js';
import { useFieldError } from './editing.js';
import { readTime, readWhole } from './written.js';
import styles from './fields.module.css';

/** One question of the editor, with everything that belongs to it. */
export function Block({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className={styles.block} aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {hint !== undefined && <p className={styles.hint}>{hint}</p>}
      {children}
    </section>
  );
}

interface NumberFieldProps {
  field: string;
  label: string;
  /** Read out, not shown: what stands above says it. */
  quiet?: boolean;
  /** In a table, as wide as its column. */
  cell?: boolean;
  hint?: string;
  unit?: string;
  /** NaN: what is typed is no number. */
  value: number;
  onChange: (value: number) => void;
  disabled?: boolean;
  testId?: string;
}

/** Whole numbers, in full-width digits too. What is typed stays as it was typed. */
export function NumberField({
  field,
  label,
  quiet,
  cell,
  hint,
  unit,
  value,
  onChange,
  disabled,
  testId,
}: NumberFieldProps) {
  const error = useFieldError()(field);
  const [typed, setTyped] = useState('');
  const text = Object.is(readWhole(typed), value) ? typed : Number.isNaN(value) ? '' : String(value);
  return (
    <TextInput
      classNames={cell ? { root: styles.cellNumber } : { root: styles.number, wrapper: styles.field }}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      {...(quiet || cell ? { 'aria-label': label } : { label })}
      description={hint}
      error={error}
      inputMode="numeric"
      autoComplete="off"
      disabled={disabled}
      value={text}
      rightSectionWidth={unit !== undefined && unit.length > 2 ? 72 : 34}
      rightSection={unit === undefined ? undefined : <span className={styles.unit}>{unit}</span>}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        onChange(readWhole(event.currentTarget.value));
      }}
      data-testid={testId ?? `field-${field}`}
    />
  );
}

/** Seconds, with what they come to in minutes and hours. */
export function SecondsField({ hint, ...props }: Omit<NumberFieldProps, 'unit'>) {
  const { t } = useTranslation();
  const locale = useLocale();
  const long = Math.abs(props.value) >= 60 ? durationWords(props.value, locale) : '';
  const words = [long && `= ${long}`, hint].filter(Boolean).join(' · ');
  return <NumberField {...props} unit={t('queues.unit.seconds')} {...(words === '' ? {} : { hint: words })} />;
}

interface TimeFieldProps {
  field: string;
  label: string;
  value: string;
  isEnd: boolean;
  onChange: (value: string) => void;
}

/** `9時`, `0930` and full-width digits become `09:00` and `09:30` when the field is left. */
export function TimeField({ field, label, value, isEnd, onChange }: TimeFieldProps) {
  const error = useFieldError()(field);
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <TextInput
      className={styles.time}
      aria-label={label}
      error={error}
      inputMode="numeric"
      autoComplete="off"
      value={typed ?? value}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyped(text);
        onChange(readTime(text, isEnd) ?? text);
      }}
      onBlur={() => setTyped(null)}
      data-testid={`field-${field}`}
    />
  );
}

interface CheckProps {
  label: string;
  hint?: string;
  checked: boolean;
  disabled?: boolean;
  onChange: (checked: boolean) => void;
  error?: string | undefined;
  testId?: string;
}

export function Check({ label, hint, checked, disabled, onChange, error, testId }: CheckProps) {
  const id = useId();
  const about = [hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className={styles.choice}>
      <input
        id={id}
        type="checkbox"
        checked={checked}
        disabled={disabled}
        aria-describedby={about || undefined}
        aria-invalid={error !== undefined || undefined}
        onChange={(event) => onChange(event.currentTarget.checked)}
        data-testid={testId}
      />
      <label htmlFor={id}>{label}</label>
      {hint !== undefined && (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
      {error !== undefined && (
        <p id={`${id}-error`} className={styles.error} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

interface ChoicesProps<V extends string> {
  label: string;
  /** The question stands above already. */
  quiet?: boolean;
  value: V;
  choices: { value: V; label: string; hint?: string; disabled?: boolean }[];
  onChange: (value: V) => void;
  error?: string | undefined;
  testId?: string;
}

/** One of several, each explained where it stands. */
export function Choices<V extends string>({ label, quiet, value, choices, onChange, error, testId }: ChoicesProps<V>) {
  const id = useId();
  return (
    <fieldset className={styles.choices} data-testid={testId} aria-describedby={error ? `${id}-error` : undefined}>
      <legend className={quiet ? 'visually-hidden' : undefined}>{label}</legend>
      {choices.map((choice) => (
        <div key={choice.value} className={styles.choice}>
          <input
            id={`${id}-${choice.value}`}
            type="radio"
            name={id}
            value={choice.value}
            checked={choice.value === value}
            disabled={choice.disabled}
            aria-describedby={choice.hint === undefined ? undefined : `${id}-${choice.value}-hint`}
            onChange={() => onChange(choice.value)}
          />
          <label htmlFor={`${id}-${choice.value}`}>{choice.label}</label>
          {choice.hint !== undefined && (
            <p id={`${id}-${choice.value}-hint`} className={styles.hint}>
              {choice.hint}
            </p>
          )}
        </div>
      ))}
      {error !== undefined && (
        <p id={`${id}-error`} className={styles.error} role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}

/** Whatever has several fields side by side. */
export function FieldRow({ children }: { children: ReactNode }) {
  return <div className={styles.row}>{children}</div>;
}

/** What belongs to a choice above it. */
export function Inset({ children }: { children: ReactNode }) {
  return <div className={styles.inset}>{children}</div>;
}

/** A fault of a whole list, or of a part that has no field of its own. */
export function FieldFault({ field }: { field: string }) {
  const error = useFieldError()(field);
  if (error === undefined) return null;
  return (
    <p className={styles.error} role="alert">
      {error}
    </p>
  );
}
