import { Modal, SegmentedControl } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { agents } from '../desk.js';
import { useMay } from '../session/session.js';
import { AgentRow } from './agent-row.js';
import { skillsQuery, staffQuery, statesQuery } from './queries.js';
import { SkillsPanel } from './skills-panel.js';
import styles from './agents-dialog.module.css';

/** How colleagues are, now; for those with the right also what they can and how much they take. */
export function AgentsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const manages = useMay('agent.manage');
  const [part, setPart] = useState<'people' | 'skills'>('people');
  const phone = useMediaQuery('(max-width: 767px)', undefined, { getInitialValueInEffect: false });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('agents.title')}
      size={720}
      fullScreen={phone}
      centered
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {manages && (
        <SegmentedControl
          size="xs"
          mb="xs"
          aria-label={t('agents.title')}
          value={part}
          onChange={setPart}
          data={[
            { value: 'people' as const, label: t('agents.people') },
            { value: 'skills' as const, label: t('agents.skills') },
          ]}
        />
      )}
      {part === 'people' ? <People /> : <SkillsPanel />}
    </Modal>
  );
}

function People() {
  const { t } = useTranslation();
  const manages = useMay('agent.manage');
  useEffect(() => agents.look(), []);
  const states = useQuery(statesQuery(agents.watch));
  const staff = useQuery({ ...staffQuery(), enabled: manages });
  const skills = useQuery({ ...skillsQuery(), enabled: manages });
  const [editing, setEditing] = useState<string | null>(null);
  if (states.isError || staff.isError || skills.isError) return <p role="alert">{t('agents.failed')}</p>;
  if (!states.data || (manages && (!staff.data || !skills.data))) return <p>{t('common.loading')}</p>;
  return (
    <ul className={styles.list} data-testid="agents-list">
      {states.data.map((state) => (
        <AgentRow
          key={state.agentId}
          state={state}
          agent={staff.data?.find(({ id }) => id === state.agentId)}
          skills={skills.data ?? []}
          editing={editing === state.agentId}
          onEdit={(open) => setEditing(open ? state.agentId : null)}
        />
      ))}
    </ul>
  );
}
