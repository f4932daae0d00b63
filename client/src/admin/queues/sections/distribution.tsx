import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { priorities, strategies, type Priority, type StickyRule } from '#libs/contracts/index.js';
import { useEditing } from '../editing.js';
import { Block, Check, Choices, FieldRow, Inset, NumberField, SecondsField } from '../fields.js';

const usualSticky: StickyRule = { days: 7, waitFullSeconds: 20, waitAbsentSeconds: 0 };

export function Distribution() {
  const { t } = useTranslation();
  const { rules, set } = useEditing();
  const { boosts, sticky } = rules;
  return (
    <>
      <Block title={t('queues.distribution.strategy')} hint={t('queues.distribution.strategyHint')}>
        <Choices
          quiet
          label={t('queues.distribution.strategy')}
          value={rules.strategy}
          onChange={(strategy) => set({ strategy })}
          choices={strategies.map((value) => ({
            value,
            label: t(`queues.strategy.${value}`),
            hint: t(`queues.strategyHint.${value}`),
          }))}
          testId="field-strategy"
        />
      </Block>
      <Block title={t('queues.distribution.priority')} hint={t('queues.distribution.priorityHint')}>
        <FieldRow>
          {priorities.map((name) => (
            <SecondsField
              key={name}
              field={`boosts.${name}`}
              label={t(`queues.priority.${name}`)}
              value={boosts[name]}
              onChange={(seconds) => set({ boosts: { ...boosts, [name]: seconds } })}
            />
          ))}
        </FieldRow>
        <NativeSelect
          label={t('queues.distribution.usual')}
          w={{ base: '100%', sm: 280 }}
          value={rules.priority}
          onChange={(event) => set({ priority: event.currentTarget.value as Priority })}
          data={priorities.map((value) => ({ value, label: t(`queues.priority.${value}`) }))}
          data-testid="field-priority"
        />
        <SecondsField
          field="guardSeconds"
          label={t('queues.distribution.guard')}
          hint={t('queues.distribution.guardHint')}
          value={rules.guardSeconds}
          onChange={(guardSeconds) => set({ guardSeconds })}
        />
      </Block>
      <Block title={t('queues.distribution.weight')} hint={t('queues.distribution.weightHint')}>
        <NumberField
          quiet
          field="weight"
          label={t('queues.distribution.weight')}
          unit={t('queues.unit.slots')}
          value={rules.weight}
          onChange={(weight) => set({ weight })}
        />
      </Block>
      <Block title={t('queues.distribution.stickyTitle')}>
        <Check
          label={t('queues.distribution.sticky')}
          hint={t('queues.distribution.stickyHint')}
          checked={sticky !== null}
          onChange={(on) => set({ sticky: on ? usualSticky : null })}
          testId="field-sticky"
        />
        {sticky && (
          <Inset>
            <FieldRow>
              <NumberField
                field="sticky.days"
                label={t('queues.distribution.stickyDays')}
                unit={t('queues.unit.days')}
                value={sticky.days}
                onChange={(days) => set({ sticky: { ...sticky, days } })}
              />
              <SecondsField
                field="sticky.waitFullSeconds"
                label={t('queues.distribution.waitFull')}
                value={sticky.waitFullSeconds}
                onChange={(waitFullSeconds) => set({ sticky: { ...sticky, waitFullSeconds } })}
              />
              <SecondsField
                field="sticky.waitAbsentSeconds"
                label={t('queues.distribution.waitAbsent')}
                value={sticky.waitAbsentSeconds}
                onChange={(waitAbsentSeconds) => set({ sticky: { ...sticky, waitAbsentSeconds } })}
              />
            </FieldRow>
          </Inset>
        )}
      </Block>
    </>
  );
}
