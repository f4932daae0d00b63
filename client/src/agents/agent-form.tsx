import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { capacityLimits, skillLevels, type AgentView, type SkillView } from '#libs/contracts/index.js';
import { adminKeys, queuesOfAgentQuery } from '../admin/queues/queries.js';
import { queuesQuery } from '../queues/queries.js';
import { api } from '../http/api.js';
import { toApiError } from '../http/api-error.js';
import { useMay } from '../session/session.js';
import { AgentQueues, draftOf, membershipsOf, type DraftMembership } from './agent-queues.js';
import { agentKeys } from './queries.js';
import styles from './agents-dialog.module.css';

const levels = Array.from({ length: skillLevels.most }, (_, index) => String(index + skillLevels.least));

/** Full-width digits are digits too. */
export function wholeNumber(text: string): number | null {
  const plain = text.normalize('NFKC').trim();
  return /^\d{1,6}$/.test(plain) ? Number(plain) : null;
}

/** How much somebody takes at once, what she can, and which queues are hers. */
export function AgentForm({ agent, skills, onDone }: { agent: AgentView; skills: SkillView[]; onDone: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [capacity, setCapacity] = useState(String(agent.capacity));
  const [chosen, setChosen] = useState(new Map(agent.skills.map(({ skillId, level }) => [skillId, level])));
  const managesQueues = useMay('queue.manage');
  const queues = useQuery({ ...queuesQuery(), enabled: managesQueues });
  const stored = useQuery({ ...queuesOfAgentQuery(agent.id), enabled: managesQueues });
  /** null: nothing was changed by hand. */
  const [wanted, setWanted] = useState<DraftMembership[] | null>(null);
  const memberships = wanted && membershipsOf(wanted);
  const number = wholeNumber(capacity);
  const wrong = number === null || number < capacityLimits.least || number > capacityLimits.most;
  const isWrong = wrong || (wanted !== null && memberships === null);
  const save = useMutation({
    mutationFn: async () => {
      const edited = await api.editAgent(agent.id, {
        ...(number === null ? {} : { capacity: number }),
        skills: [...chosen].map(([skillId, level]) => ({ skillId, level })),
      });
      if (memberships) await api.setQueuesOfAgent(agent.id, memberships);
      return edited;
    },
    onSuccess: (edited) => {
      if (memberships) void client.invalidateQueries({ queryKey: adminKeys.ofAgent(agent.id) });
      client.setQueryData<AgentView[]>(agentKeys.staff, (staff) =>
        staff?.map((each) => (each.id === edited.id ? edited : each)),
      );
      onDone();
    },
  });
  const learn = (skillId: string, level: string) => {
    const next = new Map(chosen);
    if (level === '') next.delete(skillId);
    else next.set(skillId, Number(level));
    setChosen(next);
  };
  return (
    <form
      className={styles.form}
      noValidate
      data-testid="agent-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isWrong) save.mutate();
      }}
    >
      <TextInput
        label={t('agents.capacity')}
        description={t('agents.capacityHint')}
        inputMode="numeric"
        autoComplete="off"
        w={220}
        value={capacity}
        onChange={(event) => setCapacity(event.currentTarget.value)}
        error={wrong ? t('agents.capacityWrong', { most: capacityLimits.most }) : undefined}
        data-testid="capacity"
      />
      <fieldset className={styles.levels}>
        <legend>{t('agents.skills')}</legend>
        {skills.length === 0 && <p className={styles.skills}>{t('agents.noSkills')}</p>}
        {skills.map(({ id, name }) => (
          <NativeSelect
            key={id}
            label={name}
            value={String(chosen.get(id) ?? '')}
            onChange={(event) => learn(id, event.currentTarget.value)}
            data={[
              { value: '', label: t('agents.levelNone') },
              ...levels.map((level) => ({ value: level, label: t('agents.level', { level }) })),
            ]}
          />
        ))}
      </fieldset>
      {managesQueues && queues.data && stored.data && (
        <AgentQueues queues={queues.data} draft={wanted ?? draftOf(stored.data)} onChange={setWanted} />
      )}
      {managesQueues && (queues.isError || stored.isError) && (
        <p role="alert" className={styles.fault}>
          {t('queues.ofAgent.failed')}
        </p>
      )}
      {save.isError && (
        <p role="alert" className={styles.fault}>
          {t(`errors.${toApiError(save.error).code}`)}
        </p>
      )}
      <Group justify="flex-end" gap="xs">
        <Button size="xs" variant="default" onClick={onDone}>
          {t('common.cancel')}
        </Button>
        <Button size="xs" type="submit" loading={save.isPending} disabled={isWrong} data-testid="save-agent">
          {t('agents.save')}
        </Button>
      </Group>
    </form>
  );
}
