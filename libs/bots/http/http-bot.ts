import type { BotAnswer, BotTurn } from '#libs/contracts/index.js';
import { callOutside, OutsideCallFailed, type OutsideAnswer } from '#libs/platform/outside/index.js';
import type { Bot, BotDesk } from '../bot.js';
import type { StoredBot } from '../bot-kinds.js';
import type { AwaitedAnswers } from './awaited-answers.js';
import { signed } from './signature.js';

/** Bytes of an answer. */
export const ANSWER_BYTES = 65_536;
const AGAIN_MS = 150;

/**
 * A bot in a process of its own, in any language: the turn is posted to it, signed; it answers in the reply, or says 202 and
 * brings its answer to `/api/bots/turns/:turnId/answer`.
 */
export class HttpBot implements Bot {
  readonly key: string;

  constructor(
    private readonly bot: StoredBot,
    private readonly awaited: AwaitedAnswers,
    /** May its address lead into a private network? */
    private readonly inside: boolean,
  ) {
    this.key = bot.key;
  }

  async answer(turn: BotTurn, { signal }: BotDesk): Promise<BotAnswer> {
    const brought = await this.awaited.open(turn.id, this.bot.id, turn.deadline);
    if (brought) return brought;
    try {
      const { status, body } = await this.post(turn, signal);
      if (status === 202) return await this.awaited.wait(turn.id, signal);
      if (status !== 200) throw new Error(`it answered ${status}; 200 or 202 is expected`);
      return parsed(body);
    } finally {
      await this.awaited.close(turn.id);
    }
  }

  /** Again only when no byte of an answer came. The id stays, so whoever got it twice can tell. */
  private async post(turn: BotTurn, signal: AbortSignal): Promise<OutsideAnswer> {
    const secret = this.bot.secret();
    if (secret === null) throw new Error('it has no secret, so nothing can be signed');
    const body = JSON.stringify(turn);
    for (let wait = AGAIN_MS; ; wait *= 2) {
      try {
        return await callOutside({
          url: String(this.bot.settings['url']),
          headers: { ...signed([secret], turn.id, body, new Date()) },
          body,
          inside: this.inside,
          limit: ANSWER_BYTES,
          signal,
        });
      } catch (fault) {
        const again = fault instanceof OutsideCallFailed && fault.why === 'connection';
        const left = Date.parse(turn.deadline) - Date.now();
        if (!again || signal.aborted || left < wait * 2) throw fault;
        await pause(wait, signal);
      }
    }
  }
}

function parsed(body: string): BotAnswer {
  try {
    return JSON.parse(body) as BotAnswer;
  } catch {
    throw new Error('its answer is no JSON');
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(clock);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const clock = setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
  });
}
