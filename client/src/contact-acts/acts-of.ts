import type { ContactView, ConversationRights, ConversationRow } from '#libs/contracts/index.js';

/** Acts that ask something first. */
export type ActDialogName = 'transfer' | 'assign' | 'snooze' | 'close' | 'reasons' | 'returnToBot';

/** What can be done with the open conversation now, besides writing in it. */
export interface Acts {
  take: boolean;
  transfer: boolean;
  /** Only what somebody has can be handed to a person; what waits goes to a queue. */
  toPerson: boolean;
  hold: 'hold' | 'resume' | null;
  snooze: boolean;
  assign: boolean;
  giveBack: boolean;
  close: boolean;
  prioritise: boolean;
  returnToBot: boolean;
}

export function openContact(row: ConversationRow): ContactView | null {
  return row.contact === null || row.contact.state === 'closed' || row.contact.state === 'abandoned'
    ? null
    : row.contact;
}

/** Rights say who may; the state says what there is to do. The server asks both again. */
export function actsOf(row: ConversationRow, may: ConversationRights, me: string): Acts {
  const contact = openContact(row);
  const state = contact?.state ?? null;
  const mine = contact?.assignee?.id === me;
  const going = state === 'active' || state === 'waiting';
  const inHand = going || state === 'held';
  const asked = contact !== null && contact.offeredTo !== null;
  return {
    take: may.take,
    transfer: may.transfer && !asked && (inHand || state === 'queued'),
    toPerson: inHand,
    hold: mine && state === 'held' ? 'resume' : may.hold && going && !asked ? 'hold' : null,
    snooze: may.snooze && inHand && !asked,
    assign: may.assign && contact !== null,
    giveBack: may.giveBack,
    // Her own wrap-up is ended in its bar, with what she says about it.
    close: may.close && !(mine && state === 'wrapup'),
    prioritise: may.prioritise && contact !== null,
    returnToBot: may.returnToBot,
  };
}
