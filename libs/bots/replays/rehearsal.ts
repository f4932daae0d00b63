import { botLimits, type BotAnswer, type BotTurn, type ReplayResult } from '#libs/contracts/index.js';
import { checkedAnswer } from '../answer-check.js';
import type { Bot } from '../bot.js';
import type { RecordedTurn } from './recorded-turns.js';

/** A bot that is asked what it would say, and what it has kept of this contact so far. Nothing reaches a customer from here. */
export class Rehearsal {
  private state: unknown = null;
  private over = false;

  constructor(
    private readonly replayId: string,
    private readonly bot: { id: string; name: string },
    private readonly answers: Bot,
  ) {}

  /** Null: a person would have the contact by now. */
  async result(recorded: RecordedTurn): Promise<ReplayResult | null> {
    if (this.over) return null;
    const began = performance.now();
    const { toSeq, at: _, ...turn } = recorded;
    const id = `replay-${this.replayId}-${this.bot.id}-${recorded.contactId}-${toSeq}`;
    const deadline = new Date(Date.now() + botLimits.hardMs).toISOString();
    const asked: BotTurn = { ...turn, id, bot: this.bot, ownership: 0, state: this.state, deadline, rehearsal: true };
    const result = await this.ask(asked).catch((fault: Error) => failed(fault));
    this.over = result.outcome !== 'answered';
    return { ...result, tookMs: Math.round(performance.now() - began) };
  }

  private async ask(turn: BotTurn): Promise<Omit<ReplayResult, 'tookMs'>> {
    const signal = AbortSignal.timeout(botLimits.hardMs);
    const late = new Promise<never>((_, reject) =>
      signal.addEventListener('abort', () => reject(new Error('it was late')), { once: true }),
    );
    // A bot that throws before its first await must not leave the other one to nobody.
    const answer = Promise.resolve().then(() => this.answers.answer(turn, { signal, typing: () => undefined }));
    const given = await Promise.race([answer, late]);
    const { steps, state } = checkedAnswer(given);
    if (state !== undefined) this.state = state;
    return { ...outcomeOf(steps), steps, fault: null };
  }
}

function outcomeOf(steps: BotAnswer['steps']): Pick<ReplayResult, 'outcome' | 'reason'> {
  const last = steps.at(-1);
  if (!last) return { outcome: 'handedOff', reason: 'unsure' };
  if (last.do === 'handOff') return { outcome: 'handedOff', reason: last.reason };
  return { outcome: last.do === 'pass' ? 'passed' : 'answered', reason: null };
}

function failed(fault: unknown): Omit<ReplayResult, 'tookMs'> {
  const text = fault instanceof Error ? fault.message : 'it threw what is no error';
  return { outcome: 'failed', steps: [], reason: null, fault: text.slice(0, 300) };
}
