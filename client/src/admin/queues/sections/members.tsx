import { Button, TextInput } from '@mantine/core';
import { IconPlus, IconSearch, IconX } from '@tabler/icons-react';
import { useRef, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgentView, QueueMember } from '#libs/contracts/index.js';
import { useEditing } from '../editing.js';
import { Block, FieldFault, NumberField } from '../fields.js';
import styles from './sections.module.css';

/** So many rows at a time: a queue may have two thousand members. */
const PAGE = 60;
const FOUND = 8;

export function Members() {
  const { t } = useTranslation();
  const { rules, set, staff } = useEditing();
  const [shown, setShown] = useState(PAGE);
  const search = useRef<HTMLInputElement>(null);
  const change = (index: number, part: Partial<QueueMember>) =>
    set({ members: rules.members.map((member, at) => (at === index ? { ...member, ...part } : member)) });
  return (
    <Block title={t('queues.part.members')} hint={t('queues.members.hint')}>
      <AddMembers field={search} />
      <FieldFault field="members" />
      {rules.members.length === 0 ? (
        <p className={styles.warning}>{t('queues.members.empty')}</p>
      ) : (
        <table className={styles.table} aria-label={t('queues.members.label')} data-testid="members">
          <thead>
            <tr>
              <th scope="col">
                {t('queues.members.name')}
                <small>{t('queues.members.count', { count: rules.members.length })}</small>
              </th>
              <th scope="col">{t('queues.members.rank')}</th>
              <th scope="col">{t('queues.members.delay')}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {rules.members.slice(0, shown).map(({ agentId, rank, delaySeconds }, index) => {
              const agent = staff.find(({ id }) => id === agentId);
              const name = agent?.name ?? t('queues.members.unknown');
              return (
                <tr key={agentId} data-testid="member" data-agent-id={agentId}>
                  <th scope="row">
                    {name}
                    <Doubt agent={agent} accountIds={rules.accountIds} />
                  </th>
                  <td>
                    <NumberField
                      cell
                      field={`members.${index}.rank`}
                      label={t('queues.members.rankOf', { name })}
                      value={rank}
                      onChange={(value) => change(index, { rank: value })}
                    />
                  </td>
                  <td>
                    <NumberField
                      cell
                      field={`members.${index}.delaySeconds`}
                      label={t('queues.members.delayOf', { name })}
                      unit={t('queues.unit.seconds')}
                      value={delaySeconds}
                      onChange={(value) => change(index, { delaySeconds: value })}
                    />
                  </td>
                  <td>
                    <button
                      type="button"
                      className={styles.icon}
                      aria-label={t('queues.members.removeOf', { name })}
                      title={t('queues.members.remove')}
                      onClick={() => {
                        set({ members: rules.members.filter((member) => member.agentId !== agentId) });
                        // The button is gone; the keyboard goes on where members are added.
                        search.current?.focus();
                      }}
                      data-testid="remove-member"
                    >
                      <IconX size={15} aria-hidden />
                    </button>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      {rules.members.length > shown && (
        <Button size="xs" variant="default" onClick={() => setShown(shown + 500)} className={styles.act}>
          {t('queues.members.more', { count: rules.members.length - shown })}
        </Button>
      )}
    </Block>
  );
}

function AddMembers({ field }: { field: RefObject<HTMLInputElement | null> }) {
  const { t } = useTranslation();
  const { rules, set, staff } = useEditing();
  const [text, setText] = useState('');
  const members = new Set(rules.members.map(({ agentId }) => agentId));
  const free = staff.filter(({ id, active }) => active && !members.has(id));
  const wanted = text.normalize('NFKC').toLowerCase().replaceAll(/\s/gu, '');
  const found = free.filter(({ name, email }) =>
    `${name} ${email}`.normalize('NFKC').toLowerCase().replaceAll(/\s/gu, '').includes(wanted),
  );
  const add = (agentId: string) => {
    set({ members: [...rules.members, { agentId, rank: 1, delaySeconds: 0 }] });
    setText('');
    field.current?.focus();
  };
  return (
    <div className={styles.add} role="group" aria-label={t('queues.members.add')}>
      <TextInput
        ref={field}
        aria-label={t('queues.members.search')}
        placeholder={t('queues.members.search')}
        leftSection={<IconSearch size={15} aria-hidden />}
        autoComplete="off"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        data-testid="member-search"
      />
      {free.length === 0 && <p className={styles.nothing}>{t('queues.members.nobody')}</p>}
      {free.length > 0 && found.length === 0 && <p className={styles.nothing}>{t('queues.members.notFound')}</p>}
      <ul className={styles.found}>
        {found.slice(0, FOUND).map(({ id, name }) => (
          <li key={id}>
            <button
              type="button"
              onClick={() => add(id)}
              aria-label={t('queues.members.addOf', { name })}
              data-testid="add-member"
              data-agent-id={id}
            >
              <IconPlus size={13} aria-hidden />
              {name}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Why somebody will not be offered anything here, although she is a member. */
function Doubt({ agent, accountIds }: { agent: AgentView | undefined; accountIds: readonly string[] }) {
  const { t } = useTranslation();
  if (agent === undefined) return null;
  if (!agent.active) return <small className={styles.doubt}>{t('queues.members.inactive')}</small>;
  const answers = agent.visibility === 'all' || accountIds.some((id) => agent.accountIds.includes(id));
  if (answers || accountIds.length === 0) return null;
  return <small className={styles.doubt}>{t('queues.members.noAccount')}</small>;
}
