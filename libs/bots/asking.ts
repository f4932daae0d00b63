import { Injectable } from '@nestjs/common';
import { AppError, Log } from '#libs/platform/telemetry/index.js';
import { errorCodes, type BotAnswer, type BotTurn } from '#libs/contracts/index.js';
import { ForbiddenWords, TypingSigns } from '#libs/conversations/index.js';
import { checkedAnswer } from './answer-check.js';
import type { AskableBot } from './bot-book.js';
import type { BotDesk } from './bot.js';

/** What came of asking a bot. */
export type Said =
  | { kind: 'answer'; answer: BotAnswer }
  | { kind: 'failed' | 'late' | 'invalid'; fault: string }
  | { kind: 'calledOff' };

const late = Symbol('late');
const calledOff = Symbol('called off');

/** Asks one bot once: with a deadline, with three dots while it thinks, and believing nothing of what it gives. */
@Injectable()
export class Asking {
  constructor(
    private readonly typing: TypingSigns,
    private readonly forbidden: ForbiddenWords,
    private readonly log: Log,
  ) {}

  /** Resolves whatever the bot does; never later than the limit. */
  async ask(bot: AskableBot, turn: BotTurn, limitMs: number, given: AbortSignal): Promise<Said> {
    const ended = new AbortController();
    const desk = this.deskOf(bot, turn, ended.signal);
    let timer: NodeJS.Timeout | undefined;
    let endEarly: () => void = () => undefined;
    try {
      const answer = await Promise.race([
        // A bot that throws before its first await throws here, too.
        Promise.resolve().then(() => bot.answers.answer(turn, desk)),
        new Promise<typeof late>((resolve) => (timer = setTimeout(() => resolve(late), Math.max(0, limitMs)))),
        new Promise<typeof calledOff>((resolve) => {
          endEarly = () => resolve(calledOff);
          if (given.aborted) endEarly();
          else given.addEventListener('abort', endEarly, { once: true });
        }),
      ]);
      if (answer === calledOff) return { kind: 'calledOff' };
      if (answer === late) return { kind: 'late', fault: `no answer within ${Math.round(limitMs)} ms` };
      return await this.believed(turn.account.id, answer);
    } catch (fault) {
      return { kind: 'failed', fault: wordsOf(fault) };
    } finally {
      clearTimeout(timer);
      given.removeEventListener('abort', endEarly);
      ended.abort();
      this.sign(bot, turn, false);
    }
  }

  private async believed(accountId: string, given: unknown): Promise<Said> {
    try {
      const answer = checkedAnswer(given);
      const blocking = await this.forbidden.blocking();
      const words = answer.steps.flatMap((step) =>
        step.do === 'say' || step.do === 'ask' ? blocking(accountId, step.text) : [],
      );
      if (words.length === 0) return { kind: 'answer', answer };
      return { kind: 'invalid', fault: `holds words that the account does not let through: ${words.join(', ')}` };
    } catch (fault) {
      if (fault instanceof AppError && fault.code === errorCodes.invalid)
        return { kind: 'invalid', fault: fault.message };
      throw fault;
    }
  }

  private deskOf(bot: AskableBot, turn: BotTurn, signal: AbortSignal): BotDesk {
    return {
      signal,
      typing: () => {
        if (!signal.aborted) this.sign(bot, turn, true);
      },
    };
  }

  private sign(bot: AskableBot, turn: BotTurn, active: boolean): void {
    this.typing.fromBot(bot, turn.conversationId, active).catch((fault: unknown) => {
      this.log.debug({ err: fault }, 'a typing sign of a bot was lost');
    });
  }
}

/** For whoever mends the bot; not for the log, because its author may put anything into it. */
function wordsOf(fault: unknown): string {
  return fault instanceof Error ? `${fault.name}: ${fault.message}` : String(fault);
}
