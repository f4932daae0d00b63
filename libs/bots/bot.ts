import type { BotAnswer, BotIdea, BotTurn } from '#libs/contracts/index.js';

/** What the console does for a bot while it thinks. */
export interface BotDesk {
  /** Ended when the turn is: its deadline has passed, or a person has taken over. Hand it to whatever waits. */
  signal: AbortSignal;
  /** Three dots on the customer's screen; they end by themselves with the answer, or after 10 s. */
  typing(): void;
}

/**
 * A program that answers before people do. Any Nest provider becomes one by implementing this and standing in the list of
 * `BotsModule.register({ bots: [YourBot] })`.
 *
 * @example
 * ```ts
 * @Injectable()
 * export class HoursBot implements Bot {
 *   readonly key = 'hours';
 *   async answer({ said }: BotTurn): Promise<BotAnswer> {
 *     const asks = said.some((words) => words.type === 'text' && words.text.includes('営業時間'));
 *     return { steps: [asks ? { do: 'say', text: '10時から18時までです。' } : { do: 'pass' }] };
 *   }
 * }
 * ```
 */
export interface Bot {
  /** Names it for ever, among all bots: lower case letters, digits, `-`; 40 at most. */
  readonly key: string;
  /** What it is called at first; people may call it otherwise. Left out: its key. */
  readonly name?: string;
  /**
   * Called after the customer's words are stored, outside any transaction, once or (after a crash) twice for a turn. May throw and may hang:
   * the customer then gets a person. Never called twice at the same time for one contact.
   */
  answer(turn: BotTurn, desk: BotDesk): Promise<BotAnswer>;
  /** Answers that an agent may choose from while she has the contact; best first. */
  ideas?(turn: BotTurn, desk: BotDesk): Promise<BotIdea[]>;
}
