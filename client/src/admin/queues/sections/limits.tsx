import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Overflow, ServiceLevelTarget } from '#libs/contracts/index.js';
import { useEditing, useFieldError } from '../editing.js';
import { Block, Check, Choices, FieldRow, Inset, NumberField, SecondsField } from '../fields.js';
import styles from './sections.module.css';

const USUAL_LENGTH = 50;
const USUAL_WAIT_SECONDS = 120;
const usualOverflow: Omit<Overflow, 'queueId'> = {
  mode: 'overlay',
  afterSeconds: USUAL_WAIT_SECONDS,
  longerThan: null,
  whenUnstaffed: false,
};

export function Limits() {
  const { t } = useTranslation();
  const { rules, set } = useEditing();
  const error = useFieldError();
  return (
    <>
      <ServiceLevel />
      <Block title={t('queues.limits.mostTitle')}>
        <Check
          label={t('queues.limits.most')}
          checked={rules.maxLength !== null}
          onChange={(on) => set({ maxLength: on ? USUAL_LENGTH : null })}
          testId="limit-length"
        />
        {rules.maxLength !== null && (
          <Inset>
            <NumberField
              field="maxLength"
              label={t('queues.limits.maxLength')}
              unit={t('queues.unit.contacts')}
              value={rules.maxLength}
              onChange={(maxLength) => set({ maxLength })}
            />
            <Choices
              label={t('queues.limits.whenFull')}
              value={rules.whenFull}
              onChange={(whenFull) => set({ whenFull })}
              choices={[
                { value: 'keep', label: t('queues.limits.keep') },
                { value: 'refuse', label: t('queues.limits.refuse') },
                { value: 'overflow', label: t('queues.limits.overflow') },
              ]}
              error={error('whenFull')}
            />
          </Inset>
        )}
      </Block>
      <OverflowRule />
    </>
  );
}

function ServiceLevel() {
  const { t } = useTranslation();
  const { rules, set } = useEditing();
  const { serviceLevel } = rules;
  const change = (part: Partial<ServiceLevelTarget>) => set({ serviceLevel: { ...serviceLevel, ...part } });
  return (
    <Block title={t('queues.limits.serviceLevel')}>
      <FieldRow>
        <NumberField
          field="serviceLevel.percent"
          label={t('queues.limits.percent')}
          unit={t('queues.unit.percent')}
          value={serviceLevel.percent}
          onChange={(percent) => change({ percent })}
        />
        <SecondsField
          field="serviceLevel.seconds"
          label={t('queues.limits.within')}
          value={serviceLevel.seconds}
          onChange={(seconds) => change({ seconds })}
        />
      </FieldRow>
      <Choices
        label={t('queues.limits.basis')}
        value={serviceLevel.basis}
        onChange={(basis) => change({ basis })}
        choices={[
          { value: 'reply', label: t('queues.limits.reply'), hint: t('queues.limits.replyHint') },
          { value: 'accept', label: t('queues.limits.accept'), hint: t('queues.limits.acceptHint') },
        ]}
      />
      <SecondsField
        field="serviceLevel.shortAbandonSeconds"
        label={t('queues.limits.short')}
        hint={t('queues.limits.shortHint')}
        value={serviceLevel.shortAbandonSeconds}
        onChange={(shortAbandonSeconds) => change({ shortAbandonSeconds })}
      />
      <Check
        label={t('queues.limits.includeShort')}
        checked={serviceLevel.includeShortAbandons}
        onChange={(includeShortAbandons) => change({ includeShortAbandons })}
      />
    </Block>
  );
}

function OverflowRule() {
  const { t } = useTranslation();
  const { rules, set, queues, queueId } = useEditing();
  const error = useFieldError();
  const { overflow } = rules;
  const others = queues.filter(({ id }) => id !== queueId);
  const change = (part: Partial<Overflow>) => overflow && set({ overflow: { ...overflow, ...part } });
  const never = overflow && overflow.afterSeconds === null && overflow.longerThan === null && !overflow.whenUnstaffed;
  return (
    <Block title={t('queues.limits.overflowTitle')}>
      <Check
        label={t('queues.limits.overflowTo')}
        hint={t(others.length === 0 ? 'queues.limits.noTarget' : 'queues.limits.overflowHint')}
        checked={overflow !== null}
        disabled={others.length === 0 && overflow === null}
        onChange={(on) => set({ overflow: on ? { queueId: '', ...usualOverflow } : null })}
        testId="field-overflow"
      />
      {overflow && (
        <Inset>
          <NativeSelect
            label={t('queues.limits.target')}
            w={{ base: '100%', sm: 320 }}
            value={overflow.queueId}
            onChange={(event) => change({ queueId: event.currentTarget.value })}
            error={error('overflow.queueId')}
            data={[
              { value: '', label: t('queues.limits.chooseTarget'), disabled: true },
              ...others.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            data-testid="field-overflow.queueId"
          />
          <Choices
            label={t('queues.limits.mode')}
            value={overflow.mode}
            onChange={(mode) => change({ mode })}
            choices={[
              { value: 'overlay', label: t('queues.limits.overlay') },
              { value: 'move', label: t('queues.limits.move') },
            ]}
          />
          <Check
            label={t('queues.limits.after')}
            checked={overflow.afterSeconds !== null}
            onChange={(on) => change({ afterSeconds: on ? USUAL_WAIT_SECONDS : null })}
          />
          {overflow.afterSeconds !== null && (
            <SecondsField
              field="overflow.afterSeconds"
              label={t('queues.limits.afterField')}
              value={overflow.afterSeconds}
              onChange={(afterSeconds) => change({ afterSeconds })}
            />
          )}
          <Check
            label={t('queues.limits.longer')}
            checked={overflow.longerThan !== null}
            onChange={(on) => change({ longerThan: on ? USUAL_LENGTH : null })}
          />
          {overflow.longerThan !== null && (
            <NumberField
              field="overflow.longerThan"
              label={t('queues.limits.longerField')}
              unit={t('queues.unit.contacts')}
              value={overflow.longerThan}
              onChange={(longerThan) => change({ longerThan })}
            />
          )}
          <Check
            label={t('queues.limits.unstaffed')}
            checked={overflow.whenUnstaffed}
            onChange={(whenUnstaffed) => change({ whenUnstaffed })}
          />
          {never && <p className={styles.warning}>{t('queues.limits.never')}</p>}
        </Inset>
      )}
    </Block>
  );
}
