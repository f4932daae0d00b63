import { Button, Group, Modal, NativeSelect } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReleaseBody, ReleaseResult } from '#libs/contracts/index.js';
import { useCustomerName } from '../conversations/names.js';
import { WaitTimer } from '../conversations/list/wait-timer.js';
import { agents } from '../desk.js';
import { api } from '../http/api.js';
import { toApiError } from '../http/api-error.js';
import { useSession } from '../session/session.js';
import { inHand, myListQuery, takers } from './in-hand.js';
import { myStateQuery, statesQuery } from './queries.js';
import styles from './leave-dialog.module.css';

const SHOWN = 6;
type Choice = 'keep' | 'queue' | 'agent';

interface Props {
  purpose: 'away' | 'signOut';
  busy?: boolean;
  /** Signs out. */
  onLeave?: () => void;
  onClose: () => void;
}

/** Going away takes nothing from anybody: whoever goes with customers in her hand is asked what becomes of them. */
export function LeaveDialog({ purpose, busy = false, onLeave, onClose }: Props) {
  const { t } = useTranslation();
  const me = useSession().agent.id;
  const customerName = useCustomerName();
  const name = useId();
  const leaves = purpose === 'signOut';
  useEffect(() => agents.look(), []);
  const list = useQuery(myListQuery(me));
  const mine = useQuery(myStateQuery());
  const colleagues = useQuery(statesQuery(agents.watch));
  const held = inHand(list.data?.rows ?? [], me);
  const left = held.filter(({ contact }) => contact?.offeredTo === null);
  const free = takers(colleagues.data ?? [], me);
  const [choice, setChoice] = useState<Choice>('keep');
  const [wanted, setWanted] = useState('');
  const colleague = free.find(({ agentId }) => agentId === wanted) ?? free[0];
  const release = useMutation({
    mutationFn: async (body: ReleaseBody) => {
      // Ready, she would be the next to be asked for what she gives away.
      if (mine.data?.routing === 'ready') agents.answer(await api.setMyState({ routing: 'not_ready' }));
      return await api.release(body);
    },
    onSuccess: ({ kept }, { to }) => {
      if (to === 'agent' || kept.length > 0) return;
      if (leaves) onLeave?.();
      else onClose();
    },
  });
  const act = () => {
    if (choice === 'queue') return release.mutate({ to: 'queue' });
    if (choice === 'agent') return colleague && release.mutate({ to: 'agent', agentId: colleague.agentId });
    if (leaves) onLeave?.();
    else onClose();
  };
  const nameOf = (id: string) => colleagues.data?.find(({ agentId }) => agentId === id)?.name;
  const options: { value: Choice; label: string; hint: string; disabled?: boolean }[] = [
    {
      value: 'keep',
      label: t(leaves ? 'queues.leave.keepOut' : 'queues.leave.keep'),
      hint: t(leaves ? 'queues.leave.keepOutHint' : 'queues.leave.keepAwayHint'),
    },
    {
      value: 'queue',
      label: t('queues.leave.toQueue'),
      hint: t('queues.leave.toQueueHint'),
      disabled: left.length === 0,
    },
    {
      value: 'agent',
      label: t('queues.leave.toAgent'),
      hint: t(free.length === 0 ? 'queues.leave.nobody' : 'queues.leave.toAgentHint'),
      disabled: free.length === 0 || left.length === 0,
    },
  ];
  const chosen = options.find(({ value }) => value === choice)?.disabled ? 'keep' : choice;
  return (
    <Modal
      opened
      onClose={onClose}
      title={held.length === 0 ? t('queues.leave.titleNone') : t('queues.leave.title', { count: held.length })}
      centered
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form
        noValidate
        className={styles.leave}
        data-testid="leave"
        data-held={held.length}
        onSubmit={(event) => {
          event.preventDefault();
          act();
        }}
      >
        {held.length > 0 && <p>{t(leaves ? 'queues.leave.outText' : 'queues.leave.awayText')}</p>}
        <ul className={styles.held} aria-label={t('queues.leave.held')}>
          {held.slice(0, SHOWN).map(({ id, customer, waitingSince, contact }) => (
            <li key={id} data-testid="held" data-conversation-id={id}>
              <span>{customerName(customer)}</span>
              {contact?.offeredTo != null ? (
                <small>
                  {nameOf(contact.offeredTo) === undefined
                    ? t('queues.leave.askingSomebody')
                    : t('queues.leave.asking', { name: nameOf(contact.offeredTo) })}
                </small>
              ) : waitingSince === null ? (
                <small>{t('queues.leave.answered')}</small>
              ) : (
                <WaitTimer since={waitingSince} />
              )}
            </li>
          ))}
          {held.length > SHOWN && <li>{t('queues.leave.more', { count: held.length - SHOWN })}</li>}
        </ul>
        {held.length > 0 && (
          <fieldset className={styles.choices}>
            <legend className="visually-hidden">{t('queues.leave.what')}</legend>
            {options.map(({ value, label, hint, disabled }) => (
              <div key={value} data-disabled={disabled || undefined}>
                <input
                  type="radio"
                  id={`${name}-${value}`}
                  name={name}
                  checked={chosen === value}
                  disabled={disabled}
                  aria-describedby={`${name}-${value}-hint`}
                  onChange={() => setChoice(value)}
                  data-testid={`leave-${value}`}
                />
                <label htmlFor={`${name}-${value}`}>{label}</label>
                <p id={`${name}-${value}-hint`}>{hint}</p>
                {value === 'agent' && chosen === 'agent' && (
                  <NativeSelect
                    aria-label={t('queues.leave.agent')}
                    value={colleague?.agentId ?? ''}
                    onChange={(event) => setWanted(event.currentTarget.value)}
                    data={free.map((each) => ({
                      value: each.agentId,
                      label: t('queues.leave.free', { name: each.name, count: each.free }),
                    }))}
                    data-testid="leave-colleague"
                  />
                )}
              </div>
            ))}
          </fieldset>
        )}
        <Outcome result={release.data} error={release.error} />
        <Group justify="flex-end" gap="xs">
          {leaves && (
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
          )}
          <Button type="submit" loading={busy || release.isPending} data-autofocus data-testid="leave-act">
            {chosen === 'agent'
              ? t('queues.leave.doAsk')
              : chosen === 'queue'
                ? t(leaves ? 'queues.leave.doReturnOut' : 'queues.leave.doReturn')
                : t(leaves ? 'queues.leave.doOut' : 'queues.leave.doKeep')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

/** What became of them, said where she looks. */
function Outcome({ result, error }: { result: ReleaseResult | undefined; error: Error | null }) {
  const { t } = useTranslation();
  if (error) {
    return (
      <p role="alert" className={styles.fault}>
        {t(`errors.${toApiError(error).code}`)}
      </p>
    );
  }
  if (!result) return null;
  const why = [...new Set(result.kept.map(({ code }) => t(`errors.${code}`)))].join(' ');
  return (
    <div role="status">
      {result.asked.length > 0 && <p>{t('queues.leave.asked', { count: result.asked.length })}</p>}
      {result.kept.length > 0 && (
        <p className={styles.fault} data-testid="leave-kept">
          {t('queues.leave.kept', { count: result.kept.length, why })}
        </p>
      )}
    </div>
  );
}
