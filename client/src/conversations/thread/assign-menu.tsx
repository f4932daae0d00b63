import { Menu } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../http/api.js';
import { keys } from '../queries.js';

interface Props {
  assignee: string | null;
  onAssign: (agentId: string) => void;
  /** Part of a menu that is open already. */
  inside?: boolean;
  children?: ReactElement;
}

export function AssignMenu({ assignee, onAssign, inside = false, children }: Props) {
  if (inside) return <Agents assignee={assignee} onAssign={onAssign} />;
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
        <Agents assignee={assignee} onAssign={onAssign} />
      </Menu.Dropdown>
    </Menu>
  );
}

function Agents({ assignee, onAssign }: Pick<Props, 'assignee' | 'onAssign'>) {
  const { t } = useTranslation();
  // Who works here changes while the console stays open all day.
  const agents = useQuery({ queryKey: keys.agents, queryFn: api.agents, staleTime: 60_000 });
  return (
    <>
      <Menu.Label>{t('actions.assignTo')}</Menu.Label>
      {agents.isError && <Menu.Item disabled>{t('actions.assignNobody')}</Menu.Item>}
      {agents.data?.map(({ id, name, role }) => (
        <Menu.Item
          key={id}
          disabled={id === assignee}
          rightSection={id === assignee ? <IconCheck size={15} aria-hidden /> : null}
          onClick={() => onAssign(id)}
          data-testid="assign-to"
          data-agent-id={id}
        >
          {name} <small style={{ color: 'var(--c-dim)' }}>{t(`role.${role}`)}</small>
        </Menu.Item>
      ))}
    </>
  );
}
