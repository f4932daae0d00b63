import type { DeliveryReason, LocationContent, TextContent } from '#libs/contracts/index.js';
import type { CustomerAddress } from './customer-address.js';
import type { ReceiptStatus } from './inbound-event.js';

export interface OutboundMessage {
  address: CustomerAddress;
  content: OutboundContent;
  /** The same for every try of one message. A wire that has a key sends it; MaaP has none. */
  ourKey: string;
}

export type OutboundContent = TextContent | LocationContent | OutboundFile;

/** A file where the customer's handset will fetch it: see `CarrierDriver.placeFile`. */
export interface OutboundFile {
  type: 'file';
  url: string;
  name: string;
  mimeType: string;
  size: number;
  /** Playing time. */
  seconds?: number;
  thumbnail?: { url: string; mimeType: string; size: number };
}

/** A file of ours that is to come to the carrier. */
export interface FileToPlace {
  /** Where the carrier can fetch it for a short while. */
  url: string;
  mimeType: string;
}

/** A file as the carrier keeps it. */
export interface PlacedFile {
  /** The carrier's name for it. */
  ref: string;
  url: string;
  /** Only then may a message name it. */
  ready: boolean;
  /** The end of its life there, ISO 8601; null when nothing was said. */
  validUntil: string | null;
}

export type PlaceOutcome = { outcome: 'placed'; file: PlacedFile } | CallFailure;

/** How one try ended. */
export type SendOutcome =
  | {
      outcome: 'sent';
      /** Null when the carrier took the message without naming it: no report will ever find it. */
      carrierMessageId: string | null;
      status: Exclude<ReceiptStatus, 'failed' | 'cancelled'>;
    }
  | CallFailure;

/** How an order without an answer of its own ended: typing, "we have read it", take back. */
export type CallOutcome = { outcome: 'done' } | CallFailure;

export type CallFailure =
  /** The carrier said no; the same message again would be refused again. */
  | { outcome: 'refused'; reason: DeliveryReason; detail: string }
  /** Try again, not before `waitMs`; the caller grows the pause with the tries. */
  | {
      outcome: 'later';
      waitMs: number;
      reason: DeliveryReason;
      detail: string;
      /** The carrier failed while it had the message in hands: another try may reach the customer twice. */
      mayHaveSent: boolean;
    }
  /** The message left and no answer came back. Never repeat by machine; a report or a person settles it. */
  | { outcome: 'unknown'; detail: string };
