import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { customerLimits, fieldKinds, type CustomerField, type FieldKind } from '#libs/contracts/index.js';
import { customerKeys, fieldsQuery } from '../../customers/queries.js';
import { toApiError } from '../../http/api-error.js';
import { api } from '../../http/api.js';
import { OrderedSection } from './ordered-section.js';
import styles from './customers-screen.module.css';

export function FieldsSection({ accountId }: { accountId: string }) {
  const { t } = useTranslation();
  const { data, isError } = useQuery(fieldsQuery());
  return (
    <OrderedSection
      heading={t('customers.admin.fields')}
      hint={t('customers.admin.fieldsHint')}
      none={t('customers.admin.noFields')}
      entries={data?.filter((field) => field.accountId === accountId)}
      failed={isError}
      queryKey={customerKeys.fields}
      testId="admin-field"
      nameOf={({ label }) => label}
      look={({ label, key, kind, choices }) => (
        <>
          <b>{label}</b>
          <small>
            {[t(`customers.admin.kinds.${kind}`), key, choices.join(t('queues.list.comma'))]
              .filter((part) => part !== '')
              .join(' · ')}
          </small>
        </>
      )}
      form={({ entry, onSaved, onCancel }) => (
        <FieldForm
          field={entry}
          onCancel={onCancel}
          onSave={async ({ key, label, kind, choices }) => {
            const ofChoice = kind === 'choice' ? { choices } : {};
            await (entry
              ? api.editCustomerField(entry.id, { label, ...ofChoice })
              : api.addCustomerField({ accountId, key, label, kind, ...ofChoice }));
            await onSaved();
          }}
        />
      )}
      change={(id, body) => api.editCustomerField(id, body)}
    />
  );
}

interface Written {
  key: string;
  label: string;
  kind: FieldKind;
  choices: string[];
}

interface FormProps {
  field?: CustomerField;
  onSave: (written: Written) => Promise<void>;
  onCancel?: () => void;
}

const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

function FieldForm({ field, onSave, onCancel }: FormProps) {
  const { t } = useTranslation();
  const [label, setLabel] = useState(field?.label ?? '');
  const [key, setKey] = useState(field?.key ?? '');
  const [kind, setKind] = useState<FieldKind>(field?.kind ?? 'text');
  const [choices, setChoices] = useState(field?.choices.join('\n') ?? '');
  const [asked, setAsked] = useState(false);
  const save = useMutation({ mutationFn: onSave });
  const error = save.isError ? toApiError(save.error) : null;
  const faults = {
    label: label.trim() === '' ? t('customers.admin.required') : null,
    key: /^[a-z][a-z0-9_]*$/.test(key) ? null : t('customers.admin.fieldKeyHint'),
    choices: kind === 'choice' && lines(choices).length < 2 ? t('customers.admin.choicesFew') : null,
  };
  const told = error && (error.code === 'conflict' ? t('customers.admin.keyTaken') : t(`errors.${error.code}`));
  return (
    <form
      noValidate
      className={styles.form}
      data-testid="field-form"
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
        if (faults.label ?? faults.key ?? faults.choices) return;
        if (!save.isPending) save.mutate({ key, label: label.trim(), kind, choices: lines(choices) });
      }}
    >
      <TextInput
        className={styles.wide}
        label={t('customers.admin.fieldLabel')}
        value={label}
        maxLength={customerLimits.fieldLabel}
        error={asked && faults.label}
        autoComplete="off"
        autoFocus={field !== undefined}
        onChange={(event) => setLabel(event.currentTarget.value)}
        data-testid="field-label"
      />
      {field === undefined && (
        <>
          <TextInput
            className={styles.wide}
            label={t('customers.admin.fieldKey')}
            placeholder={t('customers.admin.fieldKeyPlaceholder')}
            value={key}
            maxLength={customerLimits.fieldKey}
            error={(asked && faults.key) || told}
            autoComplete="off"
            autoCapitalize="off"
            onChange={(event) => setKey(event.currentTarget.value.normalize('NFKC').toLowerCase())}
            data-testid="field-key"
          />
          <NativeSelect
            label={t('customers.admin.kind')}
            value={kind}
            onChange={(event) => setKind(event.currentTarget.value as FieldKind)}
            data={fieldKinds.map((each) => ({ value: each, label: t(`customers.admin.kinds.${each}`) }))}
            data-testid="field-kind"
          />
        </>
      )}
      {kind === 'choice' && (
        <Textarea
          className={styles.whole}
          label={t('customers.admin.choices')}
          autosize
          minRows={2}
          maxRows={10}
          value={choices}
          error={asked && faults.choices}
          onChange={(event) => setChoices(event.currentTarget.value)}
          data-testid="field-choices"
        />
      )}
      <Button className={styles.button} type="submit" size="sm" loading={save.isPending} data-testid="field-save">
        {t(field ? 'customers.admin.save' : 'customers.admin.add')}
      </Button>
      {onCancel && (
        <Button className={styles.button} size="sm" variant="default" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
      )}
    </form>
  );
}
