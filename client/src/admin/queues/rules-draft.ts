import type { EditQueueBody, QueueRules, QueueView } from '#libs/contracts/index.js';

export type RuleName = keyof QueueRules;

/** Parts of the editor, in the order in which a contact meets them. */
export const parts = ['basics', 'members', 'skills', 'distribution', 'offers', 'limits', 'hours', 'texts'] as const;
export type Part = (typeof parts)[number];

const partOf: Record<RuleName, Part> = {
  name: 'basics',
  description: 'basics',
  active: 'basics',
  accountIds: 'basics',
  confirmSend: 'basics',
  members: 'members',
  skillSteps: 'skills',
  strategy: 'distribution',
  boosts: 'distribution',
  priority: 'distribution',
  guardSeconds: 'distribution',
  weight: 'distribution',
  sticky: 'distribution',
  offerSeconds: 'offers',
  autoAccept: 'offers',
  wrapUpSeconds: 'offers',
  wrapUpOverlap: 'offers',
  dispositionRequired: 'offers',
  dispositions: 'offers',
  serviceLevel: 'limits',
  maxLength: 'limits',
  whenFull: 'limits',
  overflow: 'limits',
  hours: 'hours',
  whenClosed: 'hours',
  atClosing: 'hours',
  texts: 'texts',
  inactivity: 'texts',
};

const names = Object.keys(partOf) as RuleName[];

/** Where the field of a fault stands, e.g. of `hours.week.1.0.from`. */
export function partOfField(field: string): Part {
  return partOf[field.split('.')[0] as RuleName] ?? 'basics';
}

export function partsOf(changed: readonly RuleName[]): Part[] {
  const touched = new Set(changed.map((name) => partOf[name]));
  return parts.filter((part) => touched.has(part));
}

/** What differs, rule by rule. A number that was not understood differs from every number. */
export function changedRules(from: QueueRules, to: QueueRules): RuleName[] {
  return names.filter((name) => JSON.stringify(from[name]) !== JSON.stringify(to[name]));
}

/** Rules by which those who wait already are looked at anew; the others hold for what comes, or for what follows. */
const forWaiting = new Set<RuleName>([
  'active',
  'accountIds',
  'members',
  'strategy',
  'skillSteps',
  'boosts',
  'guardSeconds',
  'autoAccept',
  'weight',
  'wrapUpOverlap',
  'overflow',
  'hours',
  'atClosing',
  'sticky',
]);

/** Saving could do something to whoever waits now, so it is shown first. */
export function movesWaiting(changed: readonly RuleName[]): boolean {
  return changed.some((name) => forWaiting.has(name));
}

/** What to send: only what was changed, and the version that it was changed from. */
export function editOf(base: QueueView, rules: QueueRules): EditQueueBody {
  const changed = changedRules(base, rules).map((name) => [name, rules[name]]);
  return { ...(Object.fromEntries(changed) as Partial<QueueRules>), version: base.version };
}

/** One's own changes upon what a colleague saved meanwhile; where both changed a rule, one's own stays on the screen. */
export function rebased(base: QueueView, rules: QueueRules, fresh: QueueView): QueueRules {
  const own = Object.fromEntries(changedRules(base, rules).map((name) => [name, rules[name]])) as Partial<QueueRules>;
  return { ...rulesOf(fresh), ...own };
}

export function rulesOf({ id: _id, version: _version, ...rules }: QueueView): QueueRules {
  return rules;
}
