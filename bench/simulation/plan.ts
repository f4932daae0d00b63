import { parseArgs } from 'node:util';
import { strategies, type Strategy } from '#libs/contracts/index.js';

/** What a simulated stretch of time is made of. Durations are seconds. */
export interface Plan {
  agents: number;
  /** Arrivals a minute, on average. */
  rate: number;
  minutes: number;
  seed: number;
  strategy: Strategy;
  /** Slots of each agent: drawn between the two. */
  capacity: [number, number];
  /** From acceptance to closing, log-normal. */
  handling: number;
  handlingSpread: number;
  wrapUp: number;
  /** Mean; the customer leaves when it is over and nobody has accepted. null: she waits for ever. */
  patience: number | null;
  offerSeconds: number;
  /** Of all offers. */
  declined: number;
  unanswered: number;
  /** So long after an offer that she missed an agent presses 復帰. */
  resumes: number;
  /** Of all contacts, those that ask for a skill; of all agents, those that have it; when it is asked no longer. */
  asking: number;
  skilled: number;
  relaxed: number | null;
  /** Of all contacts. */
  urgent: number;
  high: number;
  autoAccept: boolean;
  target: { percent: number; seconds: number; basis: 'reply' | 'accept' };
}

export const usualPlan: Plan = {
  agents: 20,
  rate: 5,
  minutes: 30,
  seed: 1,
  strategy: 'spareCapacity',
  capacity: [3, 3],
  handling: 600,
  handlingSpread: 0.8,
  wrapUp: 30,
  patience: 300,
  offerSeconds: 20,
  declined: 0.03,
  unanswered: 0.02,
  resumes: 60,
  asking: 0,
  skilled: 0.3,
  relaxed: 60,
  urgent: 0,
  high: 0,
  autoAccept: false,
  target: { percent: 80, seconds: 60, basis: 'reply' },
};

export const help = `npm run simulate -- [options]      a day's work on the real engine, with a clock of its own; see docs/routing.md

  --agents 20            people, connected and ready from the first moment on
  --rate 5               arrivals a MINUTE, on average (Poisson)
  --minutes 30           simulated minutes; what waits at their end counts as waiting
  --seed 1               the same number, the same customers
  --strategy NAME        ${strategies.join(' | ')}
  --compare [NAMES]      these strategies one after the other, each with the same customers; "all", or names with commas
  --capacity 3           slots of each agent; 2-4: drawn for each
  --handling 600         seconds from acceptance to closing, on average (log-normal), and
  --spread 0.8           their standard deviation ÷ mean
  --wrap-up 30           seconds of 後処理 after closing; they keep the slot
  --patience 300         seconds that customers wait on average (exponential) before they leave; none: for ever
  --offer 20             seconds to answer an offer
  --declined 0.03        share of offers that are declined
  --unanswered 0.02      share that nobody answers, and
  --resumes 60           seconds after which whoever missed one presses 復帰
  --asking 0             share of contacts that ask for a skill,
  --skilled 0.3          share of agents who have it,
  --relaxed 60           seconds after which it is asked no longer; none: never
  --urgent 0, --high 0   shares of contacts with that priority
  --auto-accept          nobody is asked: hers at once
  --target 80/60         per cent within seconds, and
  --basis reply          reply: to the first answer; accept: to the acceptance
  --json                 an array with one result for each strategy instead of a table`;

export interface Request {
  plans: Plan[];
  json: boolean;
  help: boolean;
}

/** @throws a sentence about the first option that cannot be used */
export function readRequest(args: string[]): Request {
  const { values } = parseArgs({ args: withAll(args), options });
  const number = (name: keyof typeof values, usual: number, low: number, high: number): number => {
    const said = values[name];
    if (said === undefined) return usual;
    const value = Number(said);
    if (typeof said !== 'string' || said.trim() === '' || !(value >= low && value <= high))
      throw new Error(`--${name} must be a number from ${low} to ${high}, not ${String(said)}`);
    return value;
  };
  const whole = (name: keyof typeof values, usual: number, low: number, high: number): number => {
    const value = number(name, usual, low, high);
    if (!Number.isInteger(value)) throw new Error(`--${name} must be a whole number, not ${value}`);
    return value;
  };
  const orNone = (name: 'patience' | 'relaxed', usual: number | null, high: number): number | null =>
    values[name] === 'none' ? null : number(name, usual ?? 0, 1, high);
  const share = (name: keyof typeof values, usual: number): number => number(name, usual, 0, 1);
  const plan: Plan = {
    agents: whole('agents', usualPlan.agents, 1, 1_000),
    rate: number('rate', usualPlan.rate, 0.01, 1_000),
    minutes: number('minutes', usualPlan.minutes, 0.1, 1_440),
    seed: whole('seed', usualPlan.seed, 0, 2 ** 31 - 1),
    strategy: strategyOf(values.strategy ?? usualPlan.strategy),
    capacity: range(values.capacity),
    handling: number('handling', usualPlan.handling, 1, 86_400),
    handlingSpread: number('spread', usualPlan.handlingSpread, 0, 10),
    wrapUp: whole('wrap-up', usualPlan.wrapUp, 0, 3_600),
    patience: orNone('patience', usualPlan.patience, 86_400),
    offerSeconds: whole('offer', usualPlan.offerSeconds, 5, 600),
    declined: share('declined', usualPlan.declined),
    unanswered: share('unanswered', usualPlan.unanswered),
    resumes: number('resumes', usualPlan.resumes, 0, 86_400),
    asking: share('asking', usualPlan.asking),
    skilled: share('skilled', usualPlan.skilled),
    relaxed: orNone('relaxed', usualPlan.relaxed, 3_600),
    urgent: share('urgent', usualPlan.urgent),
    high: share('high', usualPlan.high),
    autoAccept: values['auto-accept'] ?? false,
    target: target(values.target, values.basis),
  };
  if (plan.declined + plan.unanswered > 1) throw new Error('--declined and --unanswered are more than all offers');
  const compared = values.compare === undefined ? [plan.strategy] : listed(values.compare);
  return {
    plans: compared.map((strategy) => ({ ...plan, strategy })),
    json: values.json ?? false,
    help: values.help ?? false,
  };
}

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const options = {
  agents: text,
  rate: text,
  minutes: text,
  seed: text,
  strategy: text,
  compare: text,
  capacity: text,
  handling: text,
  spread: text,
  'wrap-up': text,
  patience: text,
  offer: text,
  declined: text,
  unanswered: text,
  resumes: text,
  asking: text,
  skilled: text,
  relaxed: text,
  urgent: text,
  high: text,
  target: text,
  basis: text,
  'auto-accept': flag,
  json: flag,
  help: flag,
};

/** `--compare` alone means all of them. */
function withAll(args: string[]): string[] {
  return args.flatMap((arg, place) => {
    const next = args[place + 1];
    return arg === '--compare' && (next === undefined || next.startsWith('--')) ? [arg, 'all'] : [arg];
  });
}

function listed(said: string): Strategy[] {
  return said === 'all' ? [...strategies] : said.split(',').map(strategyOf);
}

function strategyOf(said: string): Strategy {
  const found = strategies.find((strategy) => strategy === said);
  if (!found) throw new Error(`there is no strategy ${said}; there are ${strategies.join(', ')}`);
  return found;
}

function range(said: string | undefined): [number, number] {
  if (said === undefined) return usualPlan.capacity;
  const found = /^(\d+)(?:-(\d+))?$/.exec(said);
  const [low, high] = [Number(found?.[1]), Number(found?.[2] ?? found?.[1])];
  if (!(low >= 1 && high >= low && high <= 20)) throw new Error(`--capacity must be like 3 or 2-4, not ${said}`);
  return [low, high];
}

function target(said = '80/60', basis: string = usualPlan.target.basis): Plan['target'] {
  const found = /^(\d+)\/(\d+)$/.exec(said);
  const [percent, seconds] = [Number(found?.[1]), Number(found?.[2])];
  if (!(percent >= 1 && percent <= 100 && seconds >= 1)) throw new Error(`--target must be like 80/60, not ${said}`);
  if (basis !== 'reply' && basis !== 'accept') throw new Error(`--basis must be reply or accept, not ${basis}`);
  return { percent, seconds, basis };
}
