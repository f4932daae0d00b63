import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPencil } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  customerLimits,
  labelColors,
  type EditLabelBody,
  type LabelColor,
  type LabelView,
} from '#libs/contracts/index.js';
import { showFault } from '../../console/notices.js';
import { LabelChip } from '../../customers/label-chip.js';
import { customerKeys, labelsQuery } from '../../customers/queries.js';
import { toApiError } from '../../http/api-error.js';
import { api } from '../../http/api.js';
import { swapped } from './swapped.js';
import styles from './customers-screen.module.css';

export function LabelsSection({ accountId }: { accountId: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { data, isError } = useQuery(labelsQuery());
  const [editing, setEditing] = useState<string | null>(null);
  const labels = (data ?? []).filter((label) => label.accountId === accountId);
  const [used, retired] = [labels.filter(({ active }) => active), labels.filter(({ active }) => !active)];
  const again = () => client.invalidateQueries({ queryKey: customerKeys.labels });
  const edit = useMutation({
    mutationFn: async (changes: { id: string; body: EditLabelBody }[]) => {
      for (const { id, body } of changes) await api.editLabel(id, body);
    },
    onSettled: again,
    onError: showFault,
  });
  const line = (label: LabelView, place: number) =>
    editing === label.id ? (
      <LabelForm
        label={label}
        onCancel={() => setEditing(null)}
        onSave={async (name, color) => {
          await api.editLabel(label.id, { name, color });
          await again();
          setEditing(null);
        }}
      />
    ) : (
      <>
        <span className={styles.what}>
          <LabelChip label={label} />
        </span>
        <span className={styles.acts}>
          <ActionIcon
            aria-label={t('customers.admin.up', { name: label.name })}
            disabled={place === 0 || edit.isPending}
            onClick={() => edit.mutate(swapped(used, place - 1))}
          >
            <IconArrowUp size={16} aria-hidden />
          </ActionIcon>
          <ActionIcon
            aria-label={t('customers.admin.down', { name: label.name })}
            disabled={place === used.length - 1 || edit.isPending}
            onClick={() => edit.mutate(swapped(used, place))}
          >
            <IconArrowDown size={16} aria-hidden />
          </ActionIcon>
          <ActionIcon
            aria-label={t('customers.admin.rename', { name: label.name })}
            onClick={() => setEditing(label.id)}
          >
            <IconPencil size={16} aria-hidden />
          </ActionIcon>
          <Button
            size="compact-xs"
            variant="default"
            aria-label={t('customers.admin.retireOf', { name: label.name })}
            onClick={() => edit.mutate([{ id: label.id, body: { active: false } }])}
          >
            {t('customers.admin.retire')}
          </Button>
        </span>
      </>
    );
  return (
    <section className={styles.section}>
      <h2>{t('customers.admin.labels')}</h2>
      <p>{t('customers.admin.labelsHint')}</p>
      {isError && !data && <p role="alert">{t('customers.failed')}</p>}
      {data && used.length === 0 && <p>{t('customers.admin.noLabels')}</p>}
      {used.length > 0 && (
        <ul>
          {used.map((label, place) => (
            <li key={label.id} data-testid="admin-label">
              {line(label, place)}
            </li>
          ))}
        </ul>
      )}
      {data && (
        <LabelForm
          key={labels.length}
          onSave={async (name, color) => {
            await api.addLabel({ accountId, name, color });
            await again();
          }}
        />
      )}
      {retired.length > 0 && (
        <details className={styles.retired}>
          <summary>{t('customers.admin.retired')}</summary>
          <ul>
            {retired.map((label) => (
              <li key={label.id}>
                <span className={styles.what}>
                  <LabelChip label={label} />
                </span>
                <Button
                  size="compact-xs"
                  variant="default"
                  aria-label={t('customers.admin.restoreOf', { name: label.name })}
                  onClick={() => edit.mutate([{ id: label.id, body: { active: true } }])}
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
