import type { BotEntry, CustomerEntry } from './threads/entry.js';
import type { World } from './world.js';

/** What a customer sent, and whether the bot's side has answered 2xx for it. */
export interface LedgerCustomerMessage {
  seq: number;
  msgId: string;
  msisdn: string;
  type: CustomerEntry['content']['type'];
  text: string | null;
  at: string;
  state: CustomerEntry['state'];
  /** When the bot's webhook first answered 2xx; null while it has not. */
  toldAt: string | null;
  tries: number;
  lastAnswer: string | null;
  readAt: string | null;
}

/** What the bot's side sent, in the order in which it was taken. */
export interface LedgerBotMessage {
  seq: number;
  msgId: string;
  msisdn: string;
  state: BotEntry['state'];
  states: BotEntry['states'];
  body: unknown;
}

export interface Ledger {
  /** Hand it back as `since` to hear only of what is newer. */
  last: number;
  /** Events for this bot that wait for a 2xx. */
  pendingWebhooks: number;
  customer: LedgerCustomerMessage[];
  bot: LedgerBotMessage[];
}

export function readLedger({ threads, webhooks }: World, botId: string | undefined, since: number): Ledger {
  const all = threads.all();
  const ledger: Ledger = {
    last: all.at(-1)?.seq ?? 0,
    pendingWebhooks: webhooks.pending(botId),
    customer: [],
    bot: [],
  };
  for (let index = firstAfter(all, since); index < all.length; index += 1) {
    const entry = all[index];
    if (!entry || (botId !== undefined && entry.botId !== botId)) continue;
    const { seq, id: msgId, msisdn } = entry;
    if (entry.from === 'bot') {
      ledger.bot.push({ seq, msgId, msisdn, state: entry.state, states: entry.states, body: entry.body });
      continue;
    }
    const { at, state, toldAt, tries, lastAnswer, readAt, content } = entry;
    const text = content.type === 'text' ? content.text : content.type === 'press' ? content.label : null;
    const told = { state, toldAt, tries, lastAnswer, readAt };
    ledger.customer.push({ seq, msgId, msisdn, type: content.type, text, at, ...told });
  }
  return ledger;
}

/** Entries lie in the order of `seq`, so a reader that asks for news costs what is new. */
function firstAfter(entries: readonly { seq: number }[], since: number): number {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.seq ?? 0) <= since) low = middle + 1;
    else high = middle;
  }
  return low;
}
