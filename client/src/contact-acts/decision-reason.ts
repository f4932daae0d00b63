import type { Candidate, DecisionView, Score } from '#libs/contracts/index.js';

export type ScoreKey = Score['key'];

/** Why this person, as far as numbers say it; a screen words it. */
export type Reason =
  /** Nobody else could have had it. */
  | { kind: 'only' }
  /** The first thing in which she and the next one differ. */
  | { kind: 'compared'; key: ScoreKey; hers: number; others: number; next: string }
  /** Nothing told them apart. */
  | { kind: 'alike'; next: string }
  /** By hand, and the queue would have chosen the same person. */
  | { kind: 'sameByHand' }
  /** By hand; the queue would have asked somebody else. */
  | { kind: 'otherByHand'; first: string }
  /** By hand, and there was nobody to compare with. */
  | { kind: 'byHand' };

export function reasonOf(decision: DecisionView): Reason {
  const able = ableOf(decision);
  const hers = able.find(({ agent }) => agent.id === decision.chosen.id);
  if (decision.path !== 'engine') {
    const [first] = able;
    if (decision.strategy === null || !first) return { kind: 'byHand' };
    return first === hers ? { kind: 'sameByHand' } : { kind: 'otherByHand', first: first.agent.name };
  }
  const next = able.find((candidate) => candidate !== hers);
  if (!hers || !next) return { kind: 'only' };
  const told = hers.score.find(({ value }, place) => next.score[place] && next.score[place].value !== value);
  const others = next.score.find(({ key }) => key === told?.key);
  if (!told || !others || told.key === 'agentId') return { kind: 'alike', next: next.agent.name };
  return { kind: 'compared', key: told.key, hers: told.value, others: others.value, next: next.agent.name };
}

/** Those who could have had it, in the strategy's order. */
export function ableOf({ candidates }: Pick<DecisionView, 'candidates'>): Candidate[] {
  return candidates.filter(({ place }) => place !== null).sort((a, b) => a.place! - b.place!);
}

/** Everybody else who was looked at: first those who could, then those with what kept them. */
export function othersOf(decision: DecisionView): Candidate[] {
  const kept = decision.candidates.filter(({ place }) => place === null);
  return [...ableOf(decision), ...kept].filter(({ agent }) => agent.id !== decision.chosen.id);
}
