import { ActionIcon, Button, NativeSelect, TextInput, Textarea } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { flowLimits, type FlowChoice, type FlowSpan, type FlowStep } from '#libs/contracts/index.js';
import { readWhole } from '../admin/queues/written.js';
import { Check } from '../admin/queues/fields.js';
import { linesOf } from './flow-draft.js';
import styles from './flow-editor.module.css';

interface Props<S extends FlowStep = FlowStep> {
  step: S;
  place: number;
  /** Where a choice may lead. */
  later: readonly FlowStep[];
  faultOf: (field: string) => string | undefined;
  onChange: (step: FlowStep) => void;
}

/** What a question of its kind has besides its words. */
export function QuestionFields(props: Props) {
  const { t } = useTranslation();
  const { step, place, faultOf, onChange } = props;
  switch (step.kind) {
    case 'text':
      return (
        <NumberInput
          label={t('flows.field.most')}
          value={step.most}
          error={faultOf(`steps.${place}.most`)}
          onChange={(most) => onChange({ ...step, most: most ?? 0 })}
        />
      );
    case 'choice':
      return <ChoiceFields {...props} step={step} />;
    case 'number':
      return (
        <>
          <div className={styles.row}>
            <NumberInput
              label={t('flows.field.least')}
              value={step.least}
              error={faultOf(`steps.${place}.least`)}
              onChange={(least) => onChange({ ...step, least })}
            />
            <NumberInput
              label={t('flows.field.largest')}
              value={step.most}
              error={faultOf(`steps.${place}.most`)}
              onChange={(most) => onChange({ ...step, most })}
            />
          </div>
          <Check
            label={t('flows.field.whole')}
            checked={step.whole}
            onChange={(whole) => onChange({ ...step, whole })}
          />
        </>
      );
    case 'date':
      return (
        <NativeSelect
          label={t('flows.field.span')}
          value={step.span}
          onChange={(event) => onChange({ ...step, span: event.currentTarget.value as FlowSpan })}
          data={(['any', 'past', 'future'] as const).map((value) => ({
            value,
            label: t(`flows.field.spans.${value}`),
          }))}
        />
      );
    case 'phone':
      return null;
    case 'code':
      return <FormsField {...props} step={step} />;
  }
}

function FormsField({ step, place, faultOf, onChange }: Props<Extract<FlowStep, { kind: 'code' }>>) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(step.forms.join('\n'));
  const wrong = [`steps.${place}.forms`, ...step.forms.map((_, at) => `steps.${place}.forms.${at}`)];
  return (
    <Textarea
      label={t('flows.field.forms')}
      description={t('flows.field.formsHint')}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      placeholder={t('flows.field.formsPlaceholder')}
      autosize
      minRows={1}
      maxRows={flowLimits.forms}
      value={typed}
      error={wrong.map(faultOf).find((text) => text !== undefined)}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        onChange({ ...step, forms: linesOf(event.currentTarget.value).map((line) => line.trim()) });
      }}
      data-testid="step-forms"
    />
  );
}

function ChoiceFields({ step, place, later, faultOf, onChange }: Props<Extract<FlowStep, { kind: 'choice' }>>) {
  const { t } = useTranslation();
  const set = (at: number, change: FlowChoice) =>
    onChange({ ...step, choices: step.choices.map((choice, each) => (each === at ? change : choice)) });
  const fault = faultOf(`steps.${place}.choices`);
  return (
    <fieldset className={styles.choices}>
      <legend>{t('flows.field.choices')}</legend>
      {step.choices.map((choice, at) => (
        // What stands in a place is what is edited there.
        <div key={at} className={styles.choice} data-testid="flow-choice">
          <TextInput
            aria-label={t('flows.field.choice', { number: at + 1 })}
            value={choice.label}
            error={faultOf(`steps.${place}.choices.${at}.label`)}
            autoComplete="off"
            onChange={(event) => set(at, { ...choice, label: event.currentTarget.value })}
          />
          <NativeSelect
            aria-label={t('flows.field.next', { number: at + 1 })}
            value={choice.next ?? ''}
            error={faultOf(`steps.${place}.choices.${at}.next`)}
            onChange={(event) => {
              const next = event.currentTarget.value;
              set(at, next === '' ? { label: choice.label } : { label: choice.label, next });
            }}
            data={[
              { value: '', label: t('flows.field.nextUsual') },
              ...later.map(({ id, label }) => ({ value: id, label: `→ ${label || id}` })),
              { value: 'end', label: t('flows.field.nextEnd') },
            ]}
          />
          <ActionIcon
            aria-label={t('flows.field.removeChoice', { number: at + 1 })}
            disabled={step.choices.length <= 2}
            onClick={() => onChange({ ...step, choices: step.choices.filter((_, each) => each !== at) })}
          >
            <IconX size={15} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      {fault !== undefined && (
        <p role="alert" className={styles.wrong}>
          {fault}
        </p>
      )}
      {step.choices.length < flowLimits.choices && (
        <Button
          size="compact-sm"
          variant="subtle"
          className={styles.add}
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => onChange({ ...step, choices: [...step.choices, { label: '' }] })}
          data-testid="add-choice"
        >
          {t('flows.field.addChoice')}
        </Button>
      )}
    </fieldset>
  );
}

interface NumberProps {
  label: string;
  /** Null: none is asked for. */
  value: number | null;
  error: string | undefined;
  onChange: (value: number | null) => void;
}

/** What is typed stays as it was typed; full-width digits are numbers too. */
function NumberInput({ label, value, error, onChange }: NumberProps) {
  const [typed, setTyped] = useState('');
  const read = typed.trim() === '' ? null : readWhole(typed);
  const text = Object.is(read, value) ? typed : value === null || Number.isNaN(value) ? '' : String(value);
  return (
    <TextInput
      className={styles.number}
      label={label}
      inputMode="numeric"
      autoComplete="off"
      value={text}
      error={error}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        onChange(event.currentTarget.value.trim() === '' ? null : readWhole(event.currentTarget.value));
      }}
    />
  );
}
