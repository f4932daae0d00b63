import type { HandOffReason } from './hand-offs.js';
import type { FileRefusal, Sticker } from './media.js';

/**
 * What a message says, the same for every wire. A driver turns it into the carrier's form and back.
 */
export type MessageContent =
  TextContent | MediaContent | LocationContent | PressContent | DeviceContent | ActivityContent | UnsupportedContent;

export interface TextContent {
  type: 'text';
  text: string;
  /** Buttons (chips) under the message, 11 at most. */
  suggestions?: Suggestion[];
  /** In notes: colleagues who are called. */
  mentions?: Mention[];
}

/** A stretch of the text, `@` and a name, that stands for a person; in UTF-16 units. */
export interface Mention {
  agentId: string;
  start: number;
  length: number;
}

export type Suggestion =
  | { kind: 'reply'; label: string; payload: string }
  | { kind: 'url'; label: string; payload: string; url: string }
  | { kind: 'dial'; label: string; payload: string; phone: string };

export interface MediaContent {
  type: 'media';
  name: string;
  mimeType: string;
  /** Bytes, as the carrier said it; null when it did not. */
  size: number | null;
  /** `preparing` until our own copy is stored; `unavailable` when it could not be fetched. */
  state: 'preparing' | 'ready' | 'unavailable';
  /** Our copy, served at `/api/media/:id`; null until `ready`. */
  mediaId: string | null;
  /** Playing time of a voice message or a video in seconds. */
  seconds?: number;
  /** As it is shown, in pixels, where known: the thread keeps the room before the picture is there. */
  width?: number;
  height?: number;
  /** Smaller ones are at `/api/media/:id/small` and `/api/media/:id/large`. */
  thumbnails?: boolean;
  /** One of our own drawings. */
  sticker?: Sticker;
  /** Why it is `unavailable`, where that is known. */
  refusal?: FileRefusal;
}

export interface LocationContent {
  type: 'location';
  /** WGS 84 degrees. */
  latitude: number;
  longitude: number;
  label?: string;
}

/** The customer pressed a chip, a button on a card, or an entry of the fixed menu. */
export interface PressContent {
  type: 'press';
  label: string;
  payload: string;
  press: 'reply' | 'action' | 'start';
  /** Place of the message that offered it, where that is known. */
  of?: number;
}

/** The customer's handset described itself after `requestDeviceSpecifics`. */
export interface DeviceContent {
  type: 'device';
  model?: string;
  platform?: string;
  client?: string;
  version?: string;
  batteryMinutes?: number;
}

/** A line the system writes into the thread; `activity` is translated by the screen. */
export interface ActivityContent {
  type: 'activity';
  activity: Activity;
  /** The agent concerned, where it is another one than the author. */
  agentName?: string;
  /** The queue concerned. */
  queueName?: string;
  /** When it comes back by itself, ISO 8601. */
  until?: string;
  /** The bot concerned. */
  botName?: string;
  /** Why a bot handed it over. */
  reason?: HandOffReason;
  /** What the bot made of it, for whoever takes over. */
  summary?: string;
}

export type Activity =
  | 'contact.taken'
  | 'contact.returned'
  | 'contact.assigned'
  | 'contact.closed'
  /** Accepted an offer, or got it without being asked. */
  | 'contact.accepted'
  | 'contact.transferOffered'
  | 'contact.transferDeclined'
  | 'contact.transferCancelled'
  | 'contact.transferred'
  | 'contact.transferredToQueue'
  | 'contact.overflowed'
  | 'contact.held'
  | 'contact.resumed'
  | 'contact.snoozed'
  | 'contact.woken'
  | 'contact.wrapUp'
  /** Given back by the system: the agent's connection was lost. */
  | 'contact.agentGone'
  | 'contact.inactivityWarned'
  | 'contact.inactivityClosed'
  | 'contact.refusedFull'
  | 'contact.refusedHours'
  | 'contact.closingTime'
  | 'contact.abandoned'
  /** Went from hand to hand more than three times. */
  | 'contact.manyTransfers'
  | 'contact.prioritised'
  /** The customer is blocked: nobody was asked. */
  | 'contact.blocked'
  /** From a bot to people; `botName`, `reason`. */
  | 'contact.handedOff'
  /** The customer wrote nothing more to the bot. */
  | 'contact.botEnded'
  /** From people to a bot, with a new contact; `botName`. */
  | 'contact.returnedToBot'
  /** The number belongs to another person from here on. */
  | 'customer.newPerson';

/** Something the wire brought and we cannot show; the raw event is kept on the server. */
export interface UnsupportedContent {
  type: 'unsupported';
  what: string;
}

/** +Message's own limits; both hold at once. */
export const textLimits = {
  /** UTF-16 units: what `String.length` counts. An emoji is two. */
  units: 2730,
  /** Bytes of UTF-8. */
  bytes: 8190,
} as const;

export const suggestionLimits = { count: 11, label: 25, payload: 2048, url: 2048 } as const;

/** Length of a text in both measures that the carrier refuses by. */
export function measureText(text: string): { units: number; bytes: number } {
  return { units: text.length, bytes: new TextEncoder().encode(text).length };
}
