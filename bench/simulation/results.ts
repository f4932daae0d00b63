import type { Plan } from './plan.js';

/** A contact as the day left it. Times are milliseconds. */
export interface Told {
  enqueuedAt: number;
  acceptedAt: number | null;
  repliedAt: number | null;
  abandonedAt: number | null;
  closedAt: number | null;
}

/** From acceptance, or from being asked, until the slot was free again; null: it is not yet. */
export interface Stretch {
  agentId: string;
  from: number;
  to: number | null;
  weight: number;
}

export interface Books {
  begins: number;
  ends: number;
  agents: readonly { id: string; capacity: number }[];
  contacts: readonly Told[];
  held: readonly Stretch[];
  asked: readonly (Stretch & { outcome: 'accepted' | 'declined' | 'expired' | 'withdrawn' | null })[];
}

export interface Result {
  strategy: Plan['strategy'];
  offered: number;
  answered: number;
  abandoned: number;
  waiting: number;
  /** Per cent; null: nothing is decided. */
  serviceLevel: number | null;
  /** Seconds. */
  asa: number | null;
  waitP50: number | null;
  waitP90: number | null;
  longestWait: number;
  firstReply: number | null;
  /** Per cent of all slots' time in which somebody's contact was in them, wrap-up included. */
  occupancy: number;
  /** Of the accepted contacts: the most and the fewest that one agent got, and Gini's coefficient over all agents. */
  most: number;
  fewest: number;
  gini: number;
  /** The same coefficient over the share of their slots that was in use. */
  loadGini: number;
  offers: { made: number; accepted: number; declined: number; expired: number; withdrawn: number; open: number };
  /** More slots than she has were in use by somebody at some moment: so many more. 0, or the engine is broken. */
  overCapacity: number;
}

/** Everything that is said of a day, from what the database holds at its end. */
export function resultOf({ begins, ends, agents, contacts, held, asked }: Books, plan: Plan): Result {
  const answered = contacts.filter(({ acceptedAt }) => acceptedAt !== null);
  const left = contacts.filter(({ acceptedAt, abandonedAt }) => acceptedAt === null && abandonedAt !== null);
  const still = contacts.filter(({ acceptedAt, closedAt }) => acceptedAt === null && closedAt === null);
  const waits = answered.map(({ enqueuedAt, acceptedAt }) => (acceptedAt! - enqueuedAt) / 1000).sort((a, b) => a - b);
  const replies = answered.flatMap(({ enqueuedAt, repliedAt }) => (repliedAt === null ? [] : [repliedAt - enqueuedAt]));
  const ofAgents = agents.map(({ id, capacity }) => {
    const hers = held.filter(({ agentId }) => agentId === id);
    const used = hers.reduce((sum, { from, to, weight }) => sum + ((to ?? ends) - from) * weight, 0);
    const most = peak([...hers, ...asked.filter(({ agentId }) => agentId === id)]);
    return { got: hers.length, used, share: used / (capacity * (ends - begins)), over: most - capacity };
  });
  const slots = agents.reduce((sum, { capacity }) => sum + capacity, 0);
  const ended = (how: string): number => asked.filter(({ outcome }) => outcome === how).length;
  const got = ofAgents.map((agent) => agent.got);
  return {
    strategy: plan.strategy,
    offered: contacts.length,
    answered: answered.length,
    abandoned: left.length,
    waiting: still.length,
    serviceLevel: serviceLevel(contacts, ends, plan.target),
    asa: mean(waits),
    waitP50: share(waits, 0.5),
    waitP90: share(waits, 0.9),
    longestWait: Math.max(0, ...contacts.map((each) => waitOf(each, ends))) / 1000,
    firstReply: mean(replies.map((ms) => ms / 1000)),
    occupancy: (100 * ofAgents.reduce((sum, { used }) => sum + used, 0)) / (slots * (ends - begins)),
    most: Math.max(...got),
    fewest: Math.min(...got),
    gini: gini(got),
    loadGini: gini(ofAgents.map((agent) => agent.share)),
    offers: {
      made: asked.length,
      accepted: ended('accepted'),
      declined: ended('declined'),
      expired: ended('expired'),
      withdrawn: ended('withdrawn'),
      open: asked.filter(({ outcome }) => outcome === null).length,
    },
    overCapacity: Math.max(0, ...ofAgents.map(({ over }) => over)),
  };
}

const SHORT_ABANDON_MS = 5_000;

/** Met ÷ decided. Who left within five seconds is not counted; whoever still has time to be served in time is undecided. */
function serviceLevel(contacts: readonly Told[], ends: number, { seconds, basis }: Plan['target']): number | null {
  let [met, decided] = [0, 0];
  for (const { enqueuedAt, acceptedAt, repliedAt, abandonedAt, closedAt } of contacts) {
    const served = basis === 'accept' ? acceptedAt : repliedAt;
    if (abandonedAt !== null && abandonedAt - enqueuedAt < SHORT_ABANDON_MS) continue;
    const inTime = served !== null && served - enqueuedAt <= seconds * 1000;
    if (!inTime && closedAt === null && ends - enqueuedAt < seconds * 1000) continue;
    decided += 1;
    if (inTime) met += 1;
  }
  return decided === 0 ? null : (100 * met) / decided;
}

function waitOf({ enqueuedAt, acceptedAt, closedAt }: Told, ends: number): number {
  return (acceptedAt ?? closedAt ?? ends) - enqueuedAt;
}

/** The most that was in use at once; what ends at a moment is free for what begins at it. */
function peak(stretches: readonly Stretch[]): number {
  const steps = stretches
    .flatMap(({ from, to, weight }) => [{ at: from, by: weight }, ...(to === null ? [] : [{ at: to, by: -weight }])])
    .sort((a, b) => a.at - b.at || a.by - b.by);
  let [now, most] = [0, 0];
  for (const { by } of steps) most = Math.max(most, (now += by));
  return most;
}

/** 0: everybody the same; near 1: one has everything. */
export function gini(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const total = sorted.reduce((sum, value) => sum + value, 0);
  if (total === 0) return 0;
  const weighted = sorted.reduce((sum, value, place) => sum + value * (2 * (place + 1) - sorted.length - 1), 0);
  return weighted / (sorted.length * total);
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function share(sorted: readonly number[], part: number): number | null {
  return sorted.length === 0 ? null : sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)]!;
}
