import { Button, NativeSelect } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { queueLimits, skillLevels, type SkillNeed, type SkillStep } from '#libs/contracts/index.js';
import { useEditing } from '../editing.js';
import { Block, FieldFault, SecondsField } from '../fields.js';
import styles from './sections.module.css';

const levels = Array.from({ length: skillLevels.most }, (_, index) => index + skillLevels.least);
/** Between one step and the next, until somebody says otherwise. */
const STEP_SECONDS = 60;

export function Skills() {
  const { t } = useTranslation();
  const { rules, set, skills, staff } = useEditing();
  const steps = rules.skillSteps;
  const change = (index: number, part: Partial<SkillStep>) =>
    set({ skillSteps: steps.map((step, at) => (at === index ? { ...step, ...part } : step)) });
  const add = () => {
    const last = steps.at(-1);
    const first = skills[0];
    const usual = first ? [{ skillId: first.id, level: skillLevels.least }] : [];
    const next: SkillStep = last
      ? { afterSeconds: (last.afterSeconds || 0) + STEP_SECONDS, need: last.need.slice(0, -1) }
      : { afterSeconds: 0, need: usual };
    set({ skillSteps: [...steps, next] });
  };
  const canNow = (need: readonly SkillNeed[]) =>
    rules.members.filter(({ agentId }) => {
      const has = staff.find(({ id }) => id === agentId)?.skills ?? [];
      return need.every(({ skillId, level }) => has.some((own) => own.skillId === skillId && own.level >= level));
    }).length;
  return (
    <Block title={t('queues.part.skills')} hint={t('queues.skills.hint')}>
      {steps.length === 0 && (
        <p className={styles.nothing}>{t(skills.length === 0 ? 'queues.skills.noSkills' : 'queues.skills.none')}</p>
      )}
      <FieldFault field="skillSteps" />
      <ol className={styles.steps}>
        {steps.map((step, index) => (
          // Steps have no name of their own: their place is what they are.
          <li key={index} data-testid="skill-step">
            <div className={styles.head}>
              <h4>{t('queues.skills.step', { number: index + 1 })}</h4>
              {(index > 0 || steps.length === 1) && (
                <button
                  type="button"
                  className={styles.icon}
                  aria-label={t('queues.skills.removeStep', { number: index + 1 })}
                  onClick={() => set({ skillSteps: steps.filter((_, at) => at !== index) })}
                >
                  <IconX size={15} aria-hidden />
                </button>
              )}
            </div>
            {index === 0 ? (
              <p className={styles.nothing}>{t('queues.skills.first')}</p>
            ) : (
              <SecondsField
                field={`skillSteps.${index}.afterSeconds`}
                label={t('queues.skills.after')}
                value={step.afterSeconds}
                onChange={(afterSeconds) => change(index, { afterSeconds })}
              />
            )}
            <Needs step={index} need={step.need} onChange={(need) => change(index, { need })} />
            <p className={styles.nothing} data-alarm={canNow(step.need) === 0 || undefined}>
              {t('queues.skills.canNow', { count: canNow(step.need) })}
            </p>
          </li>
        ))}
      </ol>
      {steps.length < queueLimits.skillSteps && (skills.length > 0 || steps.length > 0) && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          className={styles.act}
          onClick={add}
          data-testid="add-step"
        >
          {t(steps.length === 0 ? 'queues.skills.begin' : 'queues.skills.addStep')}
        </Button>
      )}
    </Block>
  );
}

interface NeedsProps {
  step: number;
  need: SkillNeed[];
  onChange: (need: SkillNeed[]) => void;
}

function Needs({ step, need, onChange }: NeedsProps) {
  const { t } = useTranslation();
  const { skills } = useEditing();
  const left = skills.filter(({ id }) => !need.some(({ skillId }) => skillId === id));
  const nameOf = (skillId: string) => skills.find(({ id }) => id === skillId)?.name ?? skillId;
  const change = (index: number, part: Partial<SkillNeed>) =>
    onChange(need.map((each, at) => (at === index ? { ...each, ...part } : each)));
  return (
    <div className={styles.needs}>
      {need.length === 0 && <p className={styles.nothing}>{t('queues.skills.anybody')}</p>}
      {need.map(({ skillId, level }, index) => (
        <div key={skillId} className={styles.need} data-testid="skill-need">
          <NativeSelect
            aria-label={t('queues.skills.skill')}
            value={skillId}
            onChange={(event) => change(index, { skillId: event.currentTarget.value })}
            data={[{ id: skillId, name: nameOf(skillId) }, ...left].map(({ id, name }) => ({ value: id, label: name }))}
          />
          <NativeSelect
            aria-label={t('queues.skills.level')}
            value={String(level)}
            onChange={(event) => change(index, { level: Number(event.currentTarget.value) })}
            data={levels.map((each) => ({
              value: String(each),
              label: t('queues.skills.levelFrom', { level: each }),
            }))}
          />
          <button
            type="button"
            className={styles.icon}
            aria-label={t('queues.skills.removeNeed', { name: nameOf(skillId) })}
            onClick={() => onChange(need.filter((_, at) => at !== index))}
          >
            <IconX size={15} aria-hidden />
          </button>
        </div>
      ))}
      <FieldFault field={`skillSteps.${step}.need`} />
      {left.length > 0 && need.length < queueLimits.needsPerStep && (
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconPlus size={13} aria-hidden />}
          className={styles.act}
          onClick={() => onChange([...need, { skillId: left[0]?.id ?? '', level: skillLevels.least }])}
          data-testid="add-need"
        >
          {t('queues.skills.addNeed')}
        </Button>
      )}
    </div>
  );
}
