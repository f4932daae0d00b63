import type { ConversationRights, ConversationRow } from '#libs/contracts/index.js';

/** Why there is no field for a reply, or null where there is one. */
export type ReplyBar =
  | { why: 'unowned' | 'closed'; mayTake: boolean }
  | { why: 'owned'; by: string; mayTake: boolean }
  | { why: 'bot' | 'noRight' | 'former' | 'blocked' | 'optedOut'; mayTake: false };

/** Only whoever serves a customer answers her: two agents never talk over each other. */
export function replyBar(row: ConversationRow, may: ConversationRights, me: string): ReplyBar | null {
  const { contact, customer } = row;
  if (customer.former) return { why: 'former', mayTake: false };
  if (customer.blocked) return { why: 'blocked', mayTake: false };
  if (customer.optedOut && contact === null) return { why: 'optedOut', mayTake: false };
  if (contact === null || contact.state === 'closed') return { why: 'closed', mayTake: may.take };
  // Whoever writes takes it over from the bot.
  if (contact.state === 'bot') return may.take ? null : { why: 'bot', mayTake: false };
  if (contact.assignee === null) return { why: 'unowned', mayTake: may.take };
  if (contact.assignee.id !== me) return { why: 'owned', by: contact.assignee.name, mayTake: may.take };
  return may.reply ? null : { why: 'noRight', mayTake: false };
}
