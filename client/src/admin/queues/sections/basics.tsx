import { Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { queueLimits } from '#libs/contracts/index.js';
import { useEditing, useFieldError } from '../editing.js';
import { Block, Check, FieldFault } from '../fields.js';
import styles from './sections.module.css';

export function Basics() {
  const { t } = useTranslation();
  const { rules, set, accounts, queues, queueId } = useEditing();
  const error = useFieldError();
  return (
    <>
      <Block title={t('queues.part.basics')}>
        <TextInput
          label={t('queues.basics.name')}
          maxLength={queueLimits.name + 20}
          autoComplete="off"
          value={rules.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
          error={error('name')}
          data-testid="field-name"
        />
        <Textarea
          label={t('queues.basics.description')}
          description={t('queues.basics.descriptionHint')}
          autosize
          minRows={2}
          maxRows={6}
          value={rules.description}
          onChange={(event) => set({ description: event.currentTarget.value })}
          error={error('description')}
          data-testid="field-description"
        />
        <Check
          label={t('queues.basics.active')}
          hint={t('queues.basics.activeHint')}
          checked={rules.active}
          onChange={(active) => set({ active })}
          testId="field-active"
        />
      </Block>
      <Block title={t('queues.basics.accounts')} hint={t('queues.basics.accountsHint')}>
        {accounts.length === 0 && <p className={styles.nothing}>{t('queues.basics.noAccounts')}</p>}
        {accounts.map(({ id, name }) => {
          const other = queues.find((queue) => queue.id !== queueId && queue.accountIds.includes(id));
          const chosen = rules.accountIds.includes(id);
          return (
            <Check
              key={id}
              label={name}
              {...(other && !chosen ? { hint: t('queues.basics.accountTaken', { name: other.name }) } : {})}
              checked={chosen}
              disabled={other !== undefined && !chosen}
              onChange={(leads) =>
                set({ accountIds: leads ? [...rules.accountIds, id] : rules.accountIds.filter((each) => each !== id) })
              }
              testId={`account-${id}`}
            />
          );
        })}
        <FieldFault field="accountIds" />
      </Block>
      <Block title={t('queues.basics.replies')}>
        <Check
          label={t('queues.basics.confirmSend')}
          hint={t('queues.basics.confirmSendHint')}
          checked={rules.confirmSend}
          onChange={(confirmSend) => set({ confirmSend })}
          testId="field-confirmSend"
        />
      </Block>
    </>
  );
}
