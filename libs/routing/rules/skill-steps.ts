import type { SkillNeed, SkillStep } from '#libs/contracts/index.js';

/** Which step holds after so long a wait; null where no skill is asked. */
export function stepAt(steps: readonly SkillStep[], waitedSeconds: number): number | null {
  if (steps.length === 0) return null;
  const next = steps.findIndex(({ afterSeconds }) => afterSeconds > waitedSeconds);
  return next < 0 ? steps.length - 1 : Math.max(0, next - 1);
}

export function needAt(steps: readonly SkillStep[], waitedSeconds: number): readonly SkillNeed[] {
  const step = stepAt(steps, waitedSeconds);
  return step === null ? [] : steps[step]!.need;
}

export interface SkillGap {
  skillId: string;
  need: number;
  has: number;
}

export function gaps(need: readonly SkillNeed[], skills: ReadonlyMap<string, number>): SkillGap[] {
  return need.flatMap(({ skillId, level }) => {
    const has = skills.get(skillId) ?? 0;
    return has >= level ? [] : [{ skillId, need: level, has }];
  });
}
