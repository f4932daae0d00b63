import { Button, Menu, UnstyledButton } from '@mantine/core';
import { IconArrowBackUp, IconCheck, IconChevronDown } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { awayReasons, type SetAgentStateBody } from '#libs/contracts/index.js';
import { useConnection } from '../connection/connection-banner.js';
import { useCommand } from '../console/commands.js';
import { showFault } from '../console/notices.js';
import { later } from '../console/later.js';
import { agents } from '../desk.js';
import { api } from '../http/api.js';
import { useSession } from '../session/session.js';
import { shownState } from './agent-states.cache.js';
import { inHand, myListQuery } from './in-hand.js';
import { myStateQuery } from './queries.js';
import { useStateWord } from './state-word.js';
import styles from './my-state.module.css';

const LeaveDialog = later(() => import('./leave-dialog.js').then((module) => module.LeaveDialog));

/** 受付可 or not, and why: the one thing on this screen that decides whether work comes. */
export function MyState() {
  const { t } = useTranslation();
  const word = useStateWord();
  const { status, confirmedAt } = useConnection();
  const { data: view } = useQuery(myStateQuery());
  const [opened, setOpened] = useState(false);
  const client = useQueryClient();
  const me = useSession().agent.id;
  const [leaving, setLeaving] = useState(false);
  const answered = { onSuccess: agents.answer.bind(agents), onError: showFault };
  const choose = useMutation({
    ...answered,
    mutationFn: api.setMyState,
    // Before it is told by the socket, which may be faster than the answer.
    onMutate: () => ({ wasReady: view?.routing === 'ready' }),
    onSuccess: (answer, _, { wasReady }) => {
      // She goes at once, so that nothing new comes; what she holds is asked about then.
      const goes = wasReady && answer.routing === 'not_ready';
      agents.answer(answer);
      const list = client.getQueryData(myListQuery(me).queryKey);
      if (goes && inHand(list?.rows ?? [], me).length > 0) setLeaving(true);
    },
  });
  const resume = useMutation({ mutationFn: api.resume, ...answered });
  const button = useRef<HTMLButtonElement>(null);
  useCommand(
    'state',
    () => {
      // Where the keyboard goes back to when the menu closes.
      button.current?.focus();
      setOpened(true);
    },
    view !== undefined,
  );
  if (view === undefined) return null;

  const shown = shownState(view, status === 'offline' || (status !== 'online' && confirmedAt !== null));
  const label = word(shown, view.reason);
  const slots = view.used === null ? null : `${view.used}/${view.capacity}`;
  const set = (body: SetAgentStateBody) => choose.mutate(body);
  return (
    <div className={styles.place}>
      <Menu position="bottom-end" width={230} opened={opened} onChange={setOpened}>
        <Menu.Target>
          <UnstyledButton
            ref={button}
            className={styles.state}
            data-testid="my-state"
            data-state={shown}
            aria-label={
              slots === null ? t('state.mine', { state: label }) : t('state.mineWith', { state: label, slots })
            }
            aria-busy={choose.isPending}
          >
            <span className={styles.dot} aria-hidden />
            <span className={styles.word}>{label}</span>
            {slots !== null && (
              <span className={styles.slots} data-testid="my-slots">
                {slots}
              </span>
            )}
            <IconChevronDown size={13} aria-hidden />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          {view.notResponding && (
            <>
              <Menu.Item
                leftSection={<IconArrowBackUp size={15} aria-hidden />}
                onClick={() => resume.mutate()}
                data-testid="state-resume"
              >
                {t('state.resume')}
              </Menu.Item>
              <Menu.Divider />
            </>
          )}
          <Menu.RadioGroup
            // Nothing is chosen while she does not respond, so that 受付可 can be chosen anew.
            value={view.notResponding ? '' : view.routing === 'ready' ? 'ready' : (view.reason ?? '')}
            onChange={(value) => {
              const reason = awayReasons.find((each) => each === value);
              set(reason === undefined ? { routing: 'ready' } : { routing: 'not_ready', reason });
            }}
          >
            <Choice value="ready" dot="ready" label={t('agentState.ready')} />
            <Menu.Label>{t('agentState.away')}</Menu.Label>
            {awayReasons.map((reason) => (
              <Choice key={reason} value={reason} dot="away" label={t(`awayReason.${reason}`)} />
            ))}
          </Menu.RadioGroup>
        </Menu.Dropdown>
      </Menu>
      {shown === 'not_responding' && (
        <Button
          size="xs"
          className={styles.resume}
          loading={resume.isPending}
          onClick={() => resume.mutate()}
          data-testid="resume"
          title={t('state.resumeHint')}
        >
          {t('state.resume')}
        </Button>
      )}
      {leaving && <LeaveDialog purpose="away" onClose={() => setLeaving(false)} />}
      <span role="status" className="visually-hidden">
        {shown === 'not_responding' ? t('state.resumeHint') : ''}
      </span>
    </div>
  );
}

function Choice({ value, dot, label }: { value: string; dot: string; label: string }) {
  return (
    <Menu.RadioItem
      value={value}
      closeMenuOnClick
      checkIcon={<IconCheck size={14} aria-hidden />}
      data-testid={`state-${value}`}
      rightSection={<span className={styles.dot} data-of={dot} aria-hidden />}
    >
      {label}
    </Menu.RadioItem>
  );
}
