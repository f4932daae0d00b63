import { ActionIcon, Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPencil } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  customerLimits,
  fieldKinds,
  type CustomerField,
  type EditFieldBody,
  type FieldKind,
} from '#libs/contracts/index.js';
import { showFault } from '../../console/notices.js';
import { customerKeys, fieldsQuery } from '../../customers/queries.js';
import { toApiError } from '../../http/api-error.js';
import { api } from '../../http/api.js';
import { swapped } from './swapped.js';
import styles from './customers-screen.module.css';

export function FieldsSection({ accountId }: { accountId: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { data, isError } = useQuery(fieldsQuery());
  const [editing, setEditing] = useState<string | null>(null);
  const fields = (data ?? []).filter((field) => field.accountId === accountId);
  const [used, retired] = [fields.filter(({ active }) => active), fields.filter(({ active }) => !active)];
  const again = () => client.invalidateQueries({ queryKey: customerKeys.fields });
  const edit = useMutation({
    mutationFn: async (changes: { id: string; body: EditFieldBody }[]) => {
      for (const { id, body } of changes) await api.editCustomerField(id, body);
    },
    onSettled: again,
    onError: showFault,
  });
  const what = (field: CustomerField) => (
    <span className={styles.what}>
      <b>{field.label}</b>
      <small>
        {[t(`customers.admin.kinds.${field.kind}`), field.key, field.choices.join(t('queues.list.comma'))]
          .filter((part) => part !== '')
          .join(' · ')}
      </small>
    </span>
  );
  return (
    <section className={styles.section}>
      <h2>{t('customers.admin.fields')}</h2>
      <p>{t('customers.admin.fieldsHint')}</p>
      {isError && !data && <p role="alert">{t('customers.failed')}</p>}
      {data && used.length === 0 && <p>{t('customers.admin.noFields')}</p>}
      {used.length > 0 && (
        <ul>
          {used.map((field, place) => (
            <li key={field.id} data-testid="admin-field">
              {editing === field.id ? (
                <FieldForm
                  field={field}
                  onCancel={() => setEditing(null)}
                  onSave={async ({ label, choices }) => {
                    await api.editCustomerField(field.id, {
                      label,
                      ...(field.kind === 'choice' ? { choices } : {}),
                    });
                    await again();
                    setEditing(null);
                  }}
                />
              ) : (
                <>
                  {what(field)}
                  <span className={styles.acts}>
                    <ActionIcon
                      aria-label={t('customers.admin.up', { name: field.label })}
                      disabled={place === 0 || edit.isPending}
                      onClick={() => edit.mutate(swapped(used, place - 1))}
                    >
                      <IconArrowUp size={16} aria-hidden />
                    </ActionIcon>
                    <ActionIcon
                      aria-label={t('customers.admin.down', { name: field.label })}
                      disabled={place === used.length - 1 || edit.isPending}
                      onClick={() => edit.mutate(swapped(used, place))}
                    >
                      <IconArrowDown size={16} aria-hidden />
                    </ActionIcon>
                    <ActionIcon
                      aria-label={t('customers.admin.rename', { name: field.label })}
                      onClick={() => setEditing(field.id)}
                    >
                      <IconPencil size={16} aria-hidden />
                    </ActionIcon>
                    <Button
                      size="compact-xs"
                      variant="default"
                      aria-label={t('customers.admin.retireOf', { name: field.label })}
                      onClick={() => edit.mutate([{ id: field.id, body: { active: false } }])}
                    >
                      {t('customers.admin.retire')}
                    </Button>
                  </span>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      {data && (
        <FieldForm
          key={fields.length}
          onSave={async ({ key, label, kind, choices }) => {
            await api.addCustomerField({ accountId, key, label, kind, ...(kind === 'choice' ? { choices } : {}) });
            await again();
          }}
        />
      )}
      {retired.length > 0 && (
        <details className={styles.retired}>
          <summary>{t('customers.admin.retired')}</summary>
          <ul>
            {retired.map((field) => (
              <li key={field.id}>
                {what(field)}
                <Button
                  size="compact-xs"
                  variant="default"
                  aria-label={t('customers.admin.restoreOf', { name: field.label })}
                  onClick={() => edit.mutate([{ id: field.id, body: { active: true } }])}
                >
                  {t('customers.admin.restore')}
                </Button>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
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
