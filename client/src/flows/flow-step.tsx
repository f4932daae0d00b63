import { ActionIcon, TextInput, Textarea, UnstyledButton } from '@mantine/core';
import {
  IconAlertCircle,
  IconArrowDown,
  IconArrowUp,
  IconChevronDown,
  IconChevronRight,
  IconTrash,
} from '@tabler/icons-react';
import { useId, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { FlowStep } from '#libs/contracts/index.js';
import { Check } from '../admin/queues/fields.js';
import { isComposing } from '../console/keys.js';
import { QuestionFields } from './question-fields.js';
import styles from './flow-editor.module.css';

interface Props {
  step: FlowStep;
  place: number;
  later: readonly FlowStep[];
  last: boolean;
  opened: boolean;
  faults: number;
  faultOf: (field: string) => string | undefined;
  onTurn: () => void;
  onChange: (step: FlowStep) => void;
  onMove: (to: number) => void;
  onRemove: () => void;
}

/** One question: a line that opens. Alt and an arrow move it, wherever in it one is. */
export function FlowStepCard(props: Props) {
  const { step, place, later, last, opened, faults, faultOf, onTurn, onChange, onMove, onRemove } = props;
  const { t } = useTranslation();
  const id = useId();
  const name = step.label || t('flows.steps.number', { number: place + 1 });
  const field = (own: string) => `steps.${place}.${own}`;
  const byKey = (event: KeyboardEvent) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || isComposing(event.nativeEvent)) return;
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    onMove(place + (event.key === 'ArrowUp' ? -1 : 1));
  };
  const Arrow = opened ? IconChevronDown : IconChevronRight;
  return (
    <li className={styles.step} onKeyDown={byKey} data-testid="flow-step" data-step={step.id}>
      <div className={styles.stepHead}>
        <UnstyledButton
          className={styles.stepName}
          aria-expanded={opened}
          aria-controls={id}
          title={t('flows.steps.keys')}
          onClick={onTurn}
          data-testid="step-open"
        >
          <Arrow size={16} aria-hidden />
          <span className={styles.place}>{place + 1}</span>
          <span className={styles.words}>
            <b>{name}</b>
            <small>{t(`flows.kind.${step.kind}`)}</small>
          </span>
          {faults > 0 && (
            <IconAlertCircle size={16} className={styles.fault} role="img" aria-label={t('flows.fault.other')} />
          )}
        </UnstyledButton>
        <ActionIcon
          aria-label={t('flows.steps.up', { name })}
          disabled={place === 0}
          onClick={() => onMove(place - 1)}
          data-testid="step-up"
        >
          <IconArrowUp size={16} aria-hidden />
        </ActionIcon>
        <ActionIcon
          aria-label={t('flows.steps.down', { name })}
          disabled={last}
          onClick={() => onMove(place + 1)}
          data-testid="step-down"
        >
          <IconArrowDown size={16} aria-hidden />
        </ActionIcon>
        <ActionIcon aria-label={t('flows.steps.remove', { name })} onClick={onRemove} data-testid="step-remove">
          <IconTrash size={16} aria-hidden />
        </ActionIcon>
      </div>
      {opened && (
        <div id={id} className={styles.stepBody}>
          <TextInput
            label={t('flows.field.label')}
            description={t('flows.field.labelHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            value={step.label}
            error={faultOf(field('label'))}
            autoComplete="off"
            onChange={(event) => onChange({ ...step, label: event.currentTarget.value })}
            data-testid="step-label"
          />
          <Textarea
            label={t('flows.field.ask')}
            autosize
            minRows={1}
            maxRows={6}
            value={step.ask}
            error={faultOf(field('ask'))}
            onChange={(event) => onChange({ ...step, ask: event.currentTarget.value })}
            data-testid="step-ask"
          />
          <QuestionFields step={step} place={place} later={later} faultOf={faultOf} onChange={onChange} />
          <Textarea
            label={t('flows.field.wrong')}
            autosize
            minRows={1}
            maxRows={6}
            value={step.wrong}
            error={faultOf(field('wrong'))}
            onChange={(event) => onChange({ ...step, wrong: event.currentTarget.value })}
            data-testid="step-wrong"
          />
          <Check
            label={t('flows.field.optional')}
            hint={t('flows.field.optionalHint')}
            checked={step.optional}
            onChange={(optional) => onChange({ ...step, optional })}
          />
        </div>
      )}
    </li>
  );
}
