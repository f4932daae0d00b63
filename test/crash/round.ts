import { randomUUID } from 'node:crypto';
import { eventually } from '../support/eventually.js';
import { Random } from '../support/random.js';
import { carrierFaults, disturbances, type Disturbance, type DisturbanceName } from './disturbances.js';
import type { Counter, Shift } from './shift.js';

interface Act {
  kind: 'customer writes' | 'customer reads' | 'agent answers' | 'agent notes' | 'agent closes' | 'agent has read';
  /** How long this person thinks first. */
  paceMs: number;
}

export interface Round {
  name: string;
  /** What each counter's customer does, and what its agent does; both at the same time. */
  customers: Act[][];
  agents: Act[][];
  /** Each strikes once so large a share of the replies is answered. */
  strikes: { name: DisturbanceName; after: number }[];
  faults: object;
}

/** All of it is drawn before anything begins: the same seed and number give the same round. */
export function drawRound(seed: string, number: number, counters: number): Round {
  const random = new Random(seed, number);
  const acts = (count: number, main: Act['kind'], others: Act['kind'][], share: number): Act[] =>
    Array.from({ length: count }, () => ({
      kind: random.chance(share) ? random.pick(others) : main,
      paceMs: random.chance(0.5) ? 0 : random.between(1, 150),
    }));
  const customers = Array.from({ length: counters }, () =>
    acts(random.between(2, 6), 'customer writes', ['customer reads'], 0.15),
  );
  const agents = Array.from({ length: counters }, () =>
    acts(random.between(2, 6), 'agent answers', ['agent notes', 'agent closes', 'agent has read'], 0.25),
  );
  const names = Object.keys(disturbances) as DisturbanceName[];
  const strikes = random
    .some(names, random.chance(0.35) ? 2 : 1)
    .map((name) => ({ name, after: random.between(5, 60) / 100 }));
  const troubles = random.chance(0.6) ? random.some(Object.keys(carrierFaults), random.between(1, 3)) : [];
  const faults = Object.assign({}, ...troubles.map((trouble) => carrierFaults[trouble]!(random))) as object;
  const carrier = troubles.length > 0 ? `; the carrier: ${troubles.join(', ')}` : '';
  return { name: `${strikes.map(({ name }) => name).join(' and ')}${carrier}`, customers, agents, strikes, faults };
}

/** Plays it to the end: everybody has done what they wanted, and what was broken runs again. */
export async function playRound(shift: Shift, round: Round, random: Random): Promise<void> {
  await shift.house.faults(round.faults);
  const total = round.agents.flat().filter(({ kind }) => kind === 'agent answers').length;
  const before = shift.replies.length;
  shift.done = false;
  const work = Promise.all(
    shift.counters.flatMap((counter, index) => [
      each(round.customers[index]!, (act) => customerActs(counter, act)),
      each(round.agents[index]!, (act) => agentActs(shift, counter, act)),
    ]),
  ).finally(() => (shift.done = true));
  const striking = round.strikes.map(async ({ name, after }) => {
    await eventually(() => shift.replies.length - before >= total * after || shift.done, 'its moment', 60_000);
    await (disturbances[name] as Disturbance)(shift, random);
  });
  // Also after a failure nothing of this round may reach into the next one.
  const ends = await Promise.allSettled([work, ...striking]);
  await shift.house.faults({});
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

async function each(acts: Act[], play: (act: Act) => Promise<unknown>): Promise<void> {
  for (const act of acts) {
    if (act.paceMs > 0) await new Promise((resolve) => setTimeout(resolve, act.paceMs));
    await play(act);
  }
}

function customerActs({ customer }: Counter, { kind }: Act): Promise<unknown> {
  return kind === 'customer reads' ? customer.reads() : customer.writes(`質問 ${randomUUID()}`);
}

function agentActs(shift: Shift, counter: Counter, { kind }: Act): Promise<unknown> {
  switch (kind) {
    case 'agent notes':
      return shift.insists(counter, 'notes', { clientId: randomUUID(), text: 'メモ' });
    case 'agent closes':
      return shift.insists(counter, 'close');
    case 'agent has read':
      return shift.insists(counter, 'read', { upTo: 1 });
    default:
      return shift.answers(counter, `回答 ${randomUUID()}`);
  }
}
