import { parseFaults, type FaultPlan } from '../faults.js';
import { Fields } from '../fields.js';

export const carriers = ['docomo', 'au', 'softbank', 'rakuten'] as const;
export type Carrier = (typeof carriers)[number];

/** A customer's handset and the switches of its line. */
export interface Handset {
  msisdn: string;
  /** What the person in front of the page calls the owner; never sent to a bot. */
  name: string;
  carrier: Carrier;
  /** Off: a line that +Message does not reach; sends to it are refused. */
  plusMessage: boolean;
  /** Off: hides its own read marks, and sees nobody else's. */
  receipts: boolean;
  /** The owner blocked the official accounts: their messages are taken and never arrive. */
  blocked: boolean;
  /** No signal: messages wait on both sides. */
  offline: boolean;
  /** The owner stopped using the accounts: sends are refused with 410. */
  optedOut: boolean;
  /** Shows bots a `chatId` in place of its number. */
  anonymous: boolean;
  /** Made when the handset first hides its number; it stays the same from then on. */
  chatId: string | null;
  faults: FaultPlan;
}

export type HandsetChange = Partial<Omit<Handset, 'msisdn' | 'chatId'>>;

export function freshHandset(msisdn: string): Handset {
  return {
    msisdn,
    name: '',
    carrier: 'docomo',
    plusMessage: true,
    receipts: true,
    blocked: false,
    offline: false,
    optedOut: false,
    anonymous: false,
    chatId: null,
    faults: {},
  };
}

export function parseHandsetChange(source: unknown): HandsetChange {
  const fields = new Fields(source ?? {});
  const change: HandsetChange = {
    name: fields.text('name', 60),
    carrier: fields.oneOf('carrier', carriers),
    plusMessage: fields.flag('plusMessage'),
    receipts: fields.flag('receipts'),
    blocked: fields.flag('blocked'),
    offline: fields.flag('offline'),
    optedOut: fields.flag('optedOut'),
    anonymous: fields.flag('anonymous'),
  };
  fields.done();
  if (fields.has('faults')) change.faults = parseFaults(fields.raw('faults'), 'faults');
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as HandsetChange;
}
