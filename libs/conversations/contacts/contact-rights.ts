import type { ConversationRights } from '#libs/contracts/index.js';
import { rightsIn, type Asker } from '../conversation-access.js';
import { standingOfRow } from '../conversation-news.js';
import type { ThreadRow } from '../threads/thread-row.js';

/** Which buttons may be pressed in the state that the contact is in. */
export function rightsOf(asker: Asker, row: ThreadRow): ConversationRights {
  const rights = rightsIn(asker, standingOfRow(row));
  const reserved = row.offered_to !== null && row.offered_to !== asker.agentId;
  const inHand = row.contact_state !== 'wrapup' && row.contact_state !== 'bot';
  return {
    ...rights,
    take: rights.take && !reserved,
    reply: rights.reply && !(reserved && row.assignee_id === null),
    giveBack: rights.giveBack && inHand,
    transfer: rights.transfer && inHand && row.offered_to === null,
    hold: rights.hold && inHand,
    snooze: rights.snooze && inHand && row.offered_to === null,
    finish: rights.finish && row.contact_state === 'wrapup',
  };
}
