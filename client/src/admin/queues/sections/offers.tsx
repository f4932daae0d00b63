import { Button, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { queueLimits, type Disposition } from '#libs/contracts/index.js';
import { useEditing, useFieldError } from '../editing.js';
import { Block, Check, Choices, FieldFault, SecondsField } from '../fields.js';
import styles from './sections.module.css';

export function Offers() {
  const { t } = useTranslation();
  const { rules, set } = useEditing();
  return (
    <>
      <Block title={t('queues.offers.how')}>
        <Choices
          quiet
          label={t('queues.offers.how')}
          value={rules.autoAccept ? 'auto' : 'ask'}
          onChange={(how) => set({ autoAccept: how === 'auto' })}
          choices={[
            { value: 'ask', label: t('queues.offers.ask'), hint: t('queues.offers.askHint') },
            { value: 'auto', label: t('queues.offers.auto'), hint: t('queues.offers.autoHint') },
          ]}
          testId="field-autoAccept"
        />
        <SecondsField
          field="offerSeconds"
          label={t('queues.offers.deadline')}
          hint={t('queues.offers.deadlineHint')}
          value={rules.offerSeconds}
          onChange={(offerSeconds) => set({ offerSeconds })}
        />
      </Block>
      <Block title={t('queues.offers.wrapUpTitle')}>
        <SecondsField
          field="wrapUpSeconds"
          label={t('queues.offers.wrapUp')}
          hint={t('queues.offers.wrapUpHint')}
          value={rules.wrapUpSeconds}
          onChange={(wrapUpSeconds) => set({ wrapUpSeconds })}
        />
        <Check
          label={t('queues.offers.overlap')}
          hint={t('queues.offers.overlapHint')}
          checked={rules.wrapUpOverlap}
          onChange={(wrapUpOverlap) => set({ wrapUpOverlap })}
        />
      </Block>
      <Dispositions />
    </>
  );
}

function Dispositions() {
  const { t } = useTranslation();
  const { rules, set } = useEditing();
  const error = useFieldError();
  const all = rules.dispositions;
  const change = (index: number, part: Partial<Disposition>) =>
    set({ dispositions: all.map((each, at) => (at === index ? { ...each, ...part } : each)) });
  return (
    <Block title={t('queues.offers.dispositions')} hint={t('queues.offers.dispositionsHint')}>
      {all.length === 0 && <p className={styles.nothing}>{t('queues.offers.none')}</p>}
      <FieldFault field="dispositions" />
      <ul className={styles.rows}>
        {all.map(({ id, name, active }, index) => (
          <li key={id} data-testid="disposition">
            <TextInput
              aria-label={t('queues.offers.nameOf', { number: index + 1 })}
              placeholder={t('queues.offers.name')}
              autoComplete="off"
              value={name}
              onChange={(event) => change(index, { name: event.currentTarget.value })}
              error={error(`dispositions.${index}.name`)}
              data-testid={`field-dispositions.${index}.name`}
            />
            <label className={styles.tick}>
              <input
                type="checkbox"
                checked={active}
                aria-label={t('queues.offers.activeOf', { name })}
                onChange={(event) => change(index, { active: event.currentTarget.checked })}
              />
              {t('queues.offers.active')}
            </label>
            <button
              type="button"
              className={styles.icon}
              aria-label={t('queues.offers.removeOf', { name })}
              title={t('queues.offers.remove')}
              onClick={() => set({ dispositions: all.filter((_, at) => at !== index) })}
            >
              <IconX size={15} aria-hidden />
            </button>
          </li>
        ))}
      </ul>
      {all.length < queueLimits.dispositions && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          className={styles.act}
          onClick={() => set({ dispositions: [...all, { id: crypto.randomUUID(), name: '', active: true }] })}
          data-testid="add-disposition"
        >
          {t('queues.offers.add')}
        </Button>
      )}
      <Check
        label={t('queues.offers.required')}
        checked={rules.dispositionRequired}
        onChange={(dispositionRequired) => set({ dispositionRequired })}
        error={error('dispositionRequired')}
        testId="field-dispositionRequired"
      />
    </Block>
  );
}
