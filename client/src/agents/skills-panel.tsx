import { Button, Group, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SkillView } from '#libs/contracts/index.js';
import { api } from '../http/api.js';
import { toApiError } from '../http/api-error.js';
import { agentKeys, skillsQuery } from './queries.js';
import styles from './agents-dialog.module.css';

/** What contacts can ask for: added, renamed, taken away. */
export function SkillsPanel() {
  const { t } = useTranslation();
  const skills = useQuery(skillsQuery());
  if (skills.isError) return <p role="alert">{t('agents.failed')}</p>;
  return (
    <>
      <ul className={styles.list} data-testid="skills-list">
        {skills.data?.map((skill) => (
          <SkillRow key={skill.id} skill={skill} />
        ))}
      </ul>
      {skills.data?.length === 0 && <p className={styles.skills}>{t('agents.noSkills')}</p>}
      <NameForm save={(name) => api.addSkill({ name })} submit={t('agents.addSkill')} />
    </>
  );
}

function SkillRow({ skill }: { skill: SkillView }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [mode, setMode] = useState<'shown' | 'renamed' | 'removed'>('shown');
  const remove = useMutation({
    mutationFn: () => api.removeSkill(skill.id),
    onSuccess: () => client.invalidateQueries({ queryKey: agentKeys.skills }),
  });
  const back = (
    <Button size="xs" variant="default" onClick={() => setMode('shown')}>
      {t('common.cancel')}
    </Button>
  );
  if (mode === 'renamed') {
    return (
      <li className={styles.agent}>
        <NameForm
          first={skill.name}
          save={(name) => api.renameSkill(skill.id, { name })}
          submit={t('agents.save')}
          onSaved={() => setMode('shown')}
        >
          {back}
        </NameForm>
      </li>
    );
  }
  return (
    <li className={styles.agent} data-testid="skill-row">
      <div className={styles.line}>
        <span className={styles.name}>{skill.name}</span>
        <span className={styles.acts}>
          {mode === 'removed' ? (
            <>
              <span className={styles.fault} role="alert">
                {remove.isError
                  ? t(
                      remove.error && toApiError(remove.error).code === 'conflict'
                        ? 'agents.skillAsked'
                        : 'agents.failed',
                    )
                  : t('agents.removeSure')}
              </span>
              {back}
              <Button size="xs" color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
                {t('agents.remove')}
              </Button>
            </>
          ) : (
            <>
              <Button
                size="xs"
                variant="default"
                aria-label={t('agents.renameOf', { name: skill.name })}
                onClick={() => setMode('renamed')}
              >
                {t('agents.rename')}
              </Button>
              <Button
                size="xs"
                variant="default"
                aria-label={t('agents.removeOf', { name: skill.name })}
                onClick={() => setMode('removed')}
              >
                {t('agents.remove')}
              </Button>
            </>
          )}
        </span>
      </div>
    </li>
  );
}

interface NameFormProps {
  first?: string;
  save: (name: string) => Promise<SkillView>;
  submit: string;
  onSaved?: () => void;
  children?: ReactNode;
}

function NameForm({ first = '', save, submit, onSaved, children }: NameFormProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [name, setName] = useState(first);
  const saving = useMutation({
    mutationFn: () => save(name.trim()),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: agentKeys.skills });
      setName('');
      onSaved?.();
    },
  });
  const code = saving.isError ? toApiError(saving.error).code : null;
  return (
    <form
      noValidate
      data-testid="skill-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') saving.mutate();
      }}
    >
      <Group align="flex-end" gap="xs" mt="xs">
        <TextInput
          flex={1}
          label={t('agents.skillName')}
          maxLength={60}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={code === null ? undefined : t(code === 'conflict' ? 'agents.skillTaken' : `errors.${code}`)}
        />
        {children}
        <Button type="submit" loading={saving.isPending} disabled={name.trim() === ''}>
          {submit}
        </Button>
      </Group>
    </form>
  );
}
