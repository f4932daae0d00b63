import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { awayReasons, type AgentStateView, type AgentView, type SkillView } from '#libs/contracts/index.js';
import { showFault } from '../console/notices.js';
import { agents } from '../desk.js';
import { api } from '../http/api.js';
import { useMay } from '../session/session.js';
import { AgentForm } from './agent-form.js';
import { useStateWord } from './state-word.js';
import dots from './my-state.module.css';
import styles from './agents-dialog.module.css';

interface Props {
  state: AgentStateView;
  /** What there is to edit; only for those who may. */
  agent: AgentView | undefined;
  skills: SkillView[];
  editing: boolean;
  onEdit: (open: boolean) => void;
}

export function AgentRow({ state, agent, skills, editing, onEdit }: Props) {
  const { t } = useTranslation();
  const word = useStateWord();
  const steers = useMay('agent.steer');
  const set = useMutation({
    mutationFn: (routing: string) => {
      const reason = awayReasons.find((each) => each === routing);
      return api.setAgentState(state.agentId, reason ? { routing: 'not_ready', reason } : { routing: 'ready' });
    },
    onSuccess: agents.answer.bind(agents),
    onError: showFault,
  });
  const can = (agent?.skills ?? []).flatMap(({ skillId, level }) => {
    const skill = skills.find(({ id }) => id === skillId);
    return skill ? [`${skill.name} ${level}`] : [];
  });
  return (
    <li className={styles.agent} data-testid="agent-row" data-agent-id={state.agentId} data-state={state.state}>
      <div className={styles.line}>
        <span className={styles.name}>{state.name}</span>
        <span className={styles.state}>
          <span className={dots.dot} data-of={state.state} aria-hidden />
          {word(state.state, state.reason)}
        </span>
        <span className={styles.slots}>
          {state.used === null
            ? t('agents.capacityIs', { capacity: state.capacity })
            : t('agents.slots', { used: state.used, capacity: state.capacity })}
        </span>
        <span className={styles.acts}>
          {steers && (
            <Menu position="bottom-end" width={200}>
              <Menu.Target>
                <Button
                  size="xs"
                  variant="default"
                  rightSection={<IconChevronDown size={13} aria-hidden />}
                  aria-label={t('agents.setStateOf', { name: state.name })}
                  loading={set.isPending}
                  data-testid="set-state"
                >
                  {t('agents.setState')}
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item onClick={() => set.mutate('ready')}>{t('agentState.ready')}</Menu.Item>
                <Menu.Label>{t('agentState.away')}</Menu.Label>
                {awayReasons.map((reason) => (
                  <Menu.Item key={reason} onClick={() => set.mutate(reason)} data-testid={`set-${reason}`}>
                    {t(`awayReason.${reason}`)}
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
          )}
          {agent && (
            <Button
              size="xs"
              variant="default"
              aria-expanded={editing}
              aria-label={t('agents.editOf', { name: state.name })}
              onClick={() => onEdit(!editing)}
              data-testid="edit-agent"
            >
              {t('agents.edit')}
            </Button>
          )}
        </span>
      </div>
      {can.length > 0 && !editing && <p className={styles.skills}>{can.join(' · ')}</p>}
      {agent && editing && <AgentForm agent={agent} skills={skills} onDone={() => onEdit(false)} />}
    </li>
  );
}
