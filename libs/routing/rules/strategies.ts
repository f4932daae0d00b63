import type { Score, SkillNeed, Strategy } from '#libs/contracts/index.js';
import { freeSlots, type Seat } from './seat.js';

/** What the strategy compares, most important first; smaller comes first. Never counts of a day or a life. */
export function scoreOf(strategy: Strategy, seat: Seat, need: readonly SkillNeed[], isLastAgent: boolean): Score[] {
  const lastAgent: Score[] = isLastAgent ? [{ key: 'lastAgent', value: 0 }] : [{ key: 'lastAgent', value: 1 }];
  return [...lastAgent, ...keys[strategy](seat, need), { key: 'agentId', value: Number(seat.agentId) }];
}

export function compareScores(a: readonly Score[], b: readonly Score[]): number {
  for (let index = 0; index < a.length; index++) {
    const difference = a[index]!.value - b[index]!.value;
    if (difference !== 0) return difference;
  }
  return 0;
}

const lastAssigned = (seat: Seat): Score => ({ key: 'lastAssigned', value: seat.lastAssignedAt ?? 0 });
const spare = (seat: Seat): Score => ({ key: 'freeSlots', value: -freeSlots(seat) });

const keys: Record<Strategy, (seat: Seat, need: readonly SkillNeed[]) => Score[]> = {
  longestIdle: (seat) => [
    { key: 'busy', value: seat.used > 0 ? 1 : 0 },
    { key: 'idleSince', value: Math.max(seat.lastContactEndedAt ?? 0, seat.lastAssignedAt ?? 0) },
  ],
  spareCapacity: (seat) => [spare(seat), lastAssigned(seat)],
  relativeLoad: (seat) => [
    { key: 'load', value: seat.capacity === 0 ? 1 : seat.used / seat.capacity },
    lastAssigned(seat),
  ],
  roundRobin: (seat) => [lastAssigned(seat)],
  bestSkill: (seat, need) => [
    { key: 'levels', value: -need.reduce((sum, { skillId }) => sum + (seat.skills.get(skillId) ?? 0), 0) },
    spare(seat),
    lastAssigned(seat),
  ],
};
