import { useTranslation } from 'react-i18next';
import { customerLimits, type CustomerField, type FieldError } from '#libs/contracts/index.js';
import { EditableChoice } from './editable-choice.js';
import { EditableText } from './editable-text.js';

interface Props {
  fields: readonly CustomerField[];
  values: Record<string, string>;
  readOnly: boolean;
  onSave: (fieldId: string, value: string | null) => Promise<void>;
}

/** What the account keeps of its customers, each changed where it stands. */
export function FieldValues({ fields, values, readOnly, onSave }: Props) {
  const { t } = useTranslation();
  const rules = {
    notANumber: t('customers.values.notANumber'),
    notADate: t('customers.values.notADate'),
    notAChoice: t('customers.values.notAChoice'),
    exists: t('customers.values.exists'),
  };
  const worded = ({ rule }: FieldError) => (rule in rules ? rules[rule as keyof typeof rules] : undefined);
  return fields.map((field) => {
    const shared = {
      label: field.label,
      readOnly,
      onSave: (value: string | null) => onSave(field.id, value),
      testId: `field-${field.key}`,
    };
    const value = values[field.id] ?? null;
    if (field.kind === 'choice') {
      const choices = field.choices.map((choice) => ({ value: choice, label: choice }));
      return <EditableChoice key={field.id} {...shared} value={value} choices={choices} />;
    }
    return (
      <EditableText
        key={field.id}
        {...shared}
        value={field.kind === 'date' && value !== null ? value.replaceAll('-', '/') : value}
        limit={customerLimits.value}
        placeholder={t('customers.values.add')}
        hint={field.kind === 'date' ? t('customers.values.datePlaceholder') : undefined}
        faultWords={worded}
      />
    );
  });
}
