import type { MessageContent } from '#libs/contracts/index.js';
import type { CustomerAddress } from './customer-address.js';

/** What a customer or a carrier told us, the same for every wire. */
export type InboundEvent = InboundMessage | InboundReceipt | InboundTyping | InboundAlias | InboundFileStatus;

export interface InboundMessage {
  kind: 'message';
  accountId: string;
  connectionId: string;
  address: CustomerAddress;
  /**
   * Names the message on its connection for ever: the carrier's id, or, where it gave none, a hash of the raw event (`raw:…`),
   * so that a repeated webhook is still recognised.
   */
  carrierMessageId: string;
  content: MessageContent;
  /** Where to fetch the file of a `media` content; such links die, so copy at once. */
  file: InboundFile | null;
  /** The carrier's time; null when it gave none that can be read. */
  channelSentAt: Date | null;
}

export interface InboundFile {
  url: string;
  thumbnailUrl?: string;
}

export type ReceiptStatus = 'sent' | 'delivered' | 'read' | 'failed' | 'cancelled';

/** A report on a message of ours. May come late, twice, out of order, and before the answer to the send itself. */
export interface InboundReceipt {
  kind: 'receipt';
  connectionId: string;
  carrierMessageId: string;
  status: ReceiptStatus;
  /** The carrier's words for a failure. */
  detail: string | null;
  at: Date | null;
}

export interface InboundTyping {
  kind: 'typing';
  accountId: string;
  connectionId: string;
  address: CustomerAddress;
  active: boolean;
}

/** A customer who hid the number has shown it: both names mean one person. */
export interface InboundAlias {
  kind: 'alias';
  accountId: string;
  connectionId: string;
  phone: string;
  chatId: string;
}

/** A file that we brought to the carrier has come a step further there. Whoever waits for it asks by itself. */
export interface InboundFileStatus {
  kind: 'file';
  connectionId: string;
  ref: string;
}

/** What one webhook said. What could not be used is named in `kept`; its body is then stored as it came. */
export interface ReadResult {
  events: InboundEvent[];
  kept: { reason: string }[];
}
