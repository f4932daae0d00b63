import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toApiError } from '../../http/api-error.js';
import styles from './customer-panel.module.css';

interface Props {
  label: string;
  value: string | null;
  choices: readonly { value: string; label: string }[];
  readOnly: boolean;
  onSave: (value: string | null) => Promise<void>;
  testId: string;
}

/** One of several, chosen where it stands; the browser's own list works by keyboard, by voice and by thumb. */
export function EditableChoice({ label, value, choices, readOnly, onSave, testId }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const save = async (chosen: string) => {
    setBusy(true);
    setFault(null);
    try {
      await onSave(chosen === '' ? null : chosen);
    } catch (error) {
      setFault(t(`errors.${toApiError(error).code}`));
    } finally {
      setBusy(false);
    }
  };
  // A value that is no longer among the choices is still what stands there.
  const known = value === null || choices.some((choice) => choice.value === value);
  const shown = known ? choices : [...choices, { value, label: value }];
  if (readOnly) {
    return (
      <div className={styles.editable} data-testid={testId}>
        <small>{label}</small>
        <span>{shown.find((choice) => choice.value === value)?.label ?? t('common.none')}</span>
      </div>
    );
  }
  return (
    <div className={styles.editable} data-choice>
      <label htmlFor={id}>
        <small>{label}</small>
      </label>
      <select
        id={id}
        value={value ?? ''}
        data-empty={value === null || undefined}
        disabled={busy}
        aria-describedby={fault === null ? undefined : `${id}-fault`}
        onChange={(event) => void save(event.currentTarget.value)}
        data-testid={testId}
      >
        <option value="">{t('customers.notSet')}</option>
        {shown.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
      {fault !== null && (
        <small id={`${id}-fault`} className={styles.fault} role="alert">
          {fault}
        </small>
      )}
    </div>
  );
}
