import { setTimeout as wait } from 'node:timers/promises';
import { Fields, isObject, type Json } from './fields.js';

/** How often a fault strikes: so many times and then never again, or with a chance each time. */
export type Dose = { times: number } | { rate: number };

export interface FaultPlan {
  /** Every call of the bot waits so long first. */
  slowMs?: number;
  /** A send is refused as too fast; nothing has happened. */
  status429?: Dose;
  /** A send fails with 500; nothing has happened. */
  status500?: Dose;
  /** A send is carried out and the connection cut without an answer. */
  loseAnswer?: Dose;
  /** The report on a message reaches the bot before the answer to its send. */
  reportBeforeAnswer?: boolean;
  reportsTwice?: boolean;
  /** Higher reports first, lower ones after them. */
  reportsReversed?: boolean;
  /** So many more times each webhook is posted although it was taken. */
  webhooksRepeated?: number;
}

const names = [
  'slowMs',
  'status429',
  'status500',
  'loseAnswer',
  'reportBeforeAnswer',
  'reportsTwice',
  'reportsReversed',
  'webhooksRepeated',
];

export function parseFaults(source: unknown, path = ''): FaultPlan {
  const fields = new Fields(source, path);
  const dose = (name: string): Dose | undefined => {
    const value = fields.raw(name);
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return { times: value };
    if (isObject(value)) {
      const { times, rate } = value as Json;
      if (typeof times === 'number' && Number.isInteger(times) && times >= 0) return { times };
      if (typeof rate === 'number' && rate >= 0 && rate <= 1) return { rate };
    }
    return fields.fault(name, 'must be a count, {"times": count} or {"rate": 0 to 1}');
  };
  for (const name of Object.keys(isObject(source) ? source : {})) {
    if (!names.includes(name) && name !== 'botId') fields.fault(name, `is no fault; known are ${names.join(', ')}`);
  }
  const plan: FaultPlan = {
    slowMs: fields.number('slowMs', 0, 120_000),
    status429: dose('status429'),
    status500: dose('status500'),
    loseAnswer: dose('loseAnswer'),
    reportBeforeAnswer: fields.flag('reportBeforeAnswer'),
    reportsTwice: fields.flag('reportsTwice'),
    reportsReversed: fields.flag('reportsReversed'),
    webhooksRepeated: fields.number('webhooksRepeated', 0, 20),
  };
  fields.done();
  return Object.fromEntries(Object.entries(plan).filter(([, value]) => value !== undefined)) as FaultPlan;
}

/** The faults in force: for everybody, per bot, and (kept with the handset) per handset. */
export class Faults {
  private everybody: FaultPlan = {};
  private readonly perBot = new Map<string, FaultPlan>();

  set(plan: FaultPlan, botId: string | null): void {
    if (botId !== null) this.perBot.set(botId, plan);
    else {
      this.everybody = plan;
      if (Object.keys(plan).length === 0) this.perBot.clear();
    }
  }

  view(): { everybody: FaultPlan; bots: Record<string, FaultPlan> } {
    return { everybody: this.everybody, bots: Object.fromEntries(this.perBot) };
  }

  /** The plans that concern a call of `botId`, and of one handset where one is addressed. */
  concerning(botId: string, handset: FaultPlan = {}): FaultsInForce {
    return new FaultsInForce([this.everybody, this.perBot.get(botId) ?? {}, handset]);
  }
}

export class FaultsInForce {
  constructor(private readonly plans: FaultPlan[]) {}

  /** Holds a call up for as long as the slowest plan says. */
  async slow(): Promise<void> {
    const ms = Math.max(...this.plans.map((plan) => plan.slowMs ?? 0));
    if (ms > 0) await wait(ms);
  }

  get repeats(): number {
    return Math.max(...this.plans.map((plan) => plan.webhooksRepeated ?? 0));
  }

  any(name: 'reportBeforeAnswer' | 'reportsTwice' | 'reportsReversed'): boolean {
    return this.plans.some((plan) => plan[name] === true);
  }

  /** True when the fault strikes now; a counted one is used up by it. */
  strikes(name: 'status429' | 'status500' | 'loseAnswer'): boolean {
    return this.plans.some((plan) => {
      const dose = plan[name];
      if (!dose) return false;
      if ('rate' in dose) return Math.random() < dose.rate;
      if (dose.times === 0) return false;
      dose.times -= 1;
      return true;
    });
  }
}
