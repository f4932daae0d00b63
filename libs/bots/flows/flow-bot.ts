import { playFlow, type BotAnswer, type BotTurn, type FlowState } from '#libs/contracts/index.js';
import type { Bot } from '../bot.js';
import type { StoredBot } from '../bot-kinds.js';
import type { Flows } from './flows.service.js';

interface Memory {
  version: number;
  flow: FlowState;
}

/** Goes through a form with a customer: see `playFlow`. */
export class FlowBot implements Bot {
  readonly key: string;

  constructor(
    private readonly bot: StoredBot,
    private readonly flows: Flows,
    private readonly now: () => Date,
    /** In a replay: this version, whatever has been saved since. */
    private readonly pinned: number | null = null,
  ) {
    this.key = bot.key;
  }

  async answer({ said, state }: BotTurn): Promise<BotAnswer> {
    const before = isMemory(state) ? state : null;
    const underWay = before !== null && before.flow.at.on !== 'over';
    const version = this.pinned ?? (underWay ? before.version : ((await this.flows.latest(this.bot.id))?.version ?? 0));
    const document = await this.flows.document(this.bot.id, version);
    if (!document) return { steps: [{ do: 'pass' }] };
    const { steps, state: flow } = playFlow(document, before?.flow ?? null, said, this.now());
    return { steps, state: { version, flow } satisfies Memory, remarks: { version, at: flow.at } };
  }
}

/** What this bot kept itself; anything else is a contact that it has not met. */
function isMemory(state: unknown): state is Memory {
  return typeof state === 'object' && state !== null && 'flow' in state && 'version' in state;
}
