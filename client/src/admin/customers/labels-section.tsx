import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { customerLimits, labelColors, type LabelColor, type LabelView } from '#libs/contracts/index.js';
import { LabelChip } from '../../customers/label-chip.js';
import { customerKeys, labelsQuery } from '../../customers/queries.js';
import { toApiError } from '../../http/api-error.js';
import { api } from '../../http/api.js';
import { OrderedSection } from './ordered-section.js';
import styles from './customers-screen.module.css';

export function LabelsSection({ accountId }: { accountId: string }) {
  const { t } = useTranslation();
  const { data, isError } = useQuery(labelsQuery());
  return (
    <OrderedSection
      heading={t('customers.admin.labels')}
      hint={t('customers.admin.labelsHint')}
      none={t('customers.admin.noLabels')}
      entries={data?.filter((label) => label.accountId === accountId)}
      failed={isError}
      queryKey={customerKeys.labels}
      testId="admin-label"
      nameOf={({ name }) => name}
      look={(label) => <LabelChip label={label} />}
      form={({ entry, onSaved, onCancel }) => (
        <LabelForm
          label={entry}
          onCancel={onCancel}
          onSave={async (name, color) => {
            await (entry ? api.editLabel(entry.id, { name, color }) : api.addLabel({ accountId, name, color }));
            await onSaved();
          }}
        />
      )}
      change={(id, body) => api.editLabel(id, body)}
    />
  );
}

interface FormProps {
  label?: LabelView;
  onSave: (name: string, color: LabelColor) => Promise<void>;
  onCancel?: () => void;
}

function LabelForm({ label, onSave, onCancel }: FormProps) {
  const { t } = useTranslation();
  const group = useId();
  const [name, setName] = useState(label?.name ?? '');
  const [color, setColor] = useState<LabelColor>(label?.color ?? 'blue');
  const [missing, setMissing] = useState(false);
  const save = useMutation({ mutationFn: () => onSave(name, color) });
  const code = save.isError ? toApiError(save.error).code : null;
  const fault = missing
    ? t('customers.admin.required')
    : code === 'conflict'
      ? t('customers.admin.taken')
      : code && t(`errors.${code}`);
  return (
    <form
      noValidate
      className={styles.form}
      data-testid="label-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() === '') return setMissing(true);
        if (!save.isPending) save.mutate();
      }}
    >
      <TextInput
        className={styles.wide}
        label={t('customers.admin.labelName')}
        value={name}
        maxLength={customerLimits.labelName}
        error={fault}
        autoComplete="off"
        autoFocus={label !== undefined}
        onChange={(event) => {
          setName(event.currentTarget.value);
          setMissing(false);
        }}
        data-testid="label-name"
      />
      <fieldset className={styles.colors}>
        <legend>{t('customers.admin.color')}</legend>
        {labelColors.map((each) => (
          <label key={each}>
            <input
              type="radio"
              className="visually-hidden"
              name={group}
              value={each}
              checked={color === each}
              onChange={() => setColor(each)}
            />
            <LabelChip label={{ name: t(`customers.admin.colors.${each}`), color: each }} />
          </label>
        ))}
      </fieldset>
      <Button className={styles.button} type="submit" size="sm" loading={save.isPending} data-testid="label-save">
        {t(label ? 'customers.admin.save' : 'customers.admin.add')}
      </Button>
      {onCancel && (
        <Button className={styles.button} size="sm" variant="default" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
      )}
    </form>
  );
}
