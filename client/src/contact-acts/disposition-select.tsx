import { NativeSelect } from '@mantine/core';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { QueueSummary } from '#libs/contracts/index.js';

interface Props {
  queue: QueueSummary;
  value: string | null;
  onChange: (id: string | null) => void;
  fault?: string | null;
  ref?: Ref<HTMLSelectElement>;
}

/** 対応分類: what it was about, in the words of the queue. */
export function DispositionSelect({ queue, value, onChange, fault = null, ref }: Props) {
  const { t } = useTranslation();
  const choices = queue.dispositions.filter(({ id, active }) => active || id === value);
  return (
    <NativeSelect
      ref={ref}
      size="xs"
      label={t(queue.dispositionRequired ? 'acts.dispositionNeeded' : 'acts.disposition')}
      required={queue.dispositionRequired}
      withAsterisk={false}
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value || null)}
      error={fault}
      data-testid="disposition"
      data={[
        { value: '', label: t(queue.dispositionRequired ? 'acts.dispositionPick' : 'acts.dispositionNone') },
        ...choices.map(({ id, name }) => ({ value: id, label: name })),
      ]}
    />
  );
}
