import type { AgentStateView } from './agent-states.js';
import type { ContactView } from './contacts.js';
import type { ConversationRow, MessageView } from './conversations.js';
import type { ErrorBody } from './errors.js';
import type { OfferEnded, OfferView } from './offers.js';
import type { AgentPreferences } from './preferences.js';
import type { QueueSummary } from './queues.js';
import type { DraftEvent, NotificationEvent, ViewingEvent } from './writing.js';

/** News, down to the browser. Namespace `/console`. */
export interface ServerToClientEvents {
  /** A message took its place in a watched conversation. */
  'message:created': (event: MessageEvent) => void;
  /** A message of a watched conversation changed: its delivery, or its media became ready. */
  'message:changed': (event: MessageEvent) => void;
  /** A row of the list changed, or (row: null) is no longer this agent's to see. */
  'conversation:changed': (event: ConversationEvent) => void;
  /** The stretch of work in a watched conversation changed. */
  'contact:changed': (event: ContactEvent) => void;
  /**
   * Whether people can be asked for work changed: one's own state at once and on all tabs, colleagues' only to whoever
   * watches agents, gathered for a second.
   */
  'agent:changed': (event: AgentEvent) => void;
  /** A contact is reserved for this agent until its deadline: to all her screens. After a (re)connect ask `GET /api/offers`. */
  'offer:made': (event: OfferView) => void;
  /** It is no longer to be answered, whatever ended it; also on her other screens. */
  'offer:ended': (event: OfferEnded) => void;
  /**
   * What waits in a queue changed: to its members and to whoever may assign, once a second at most. Its rules changed: to
   * everybody.
   */
  'queue:changed': (event: QueueEvent) => void;
  /** Labels, attributes or rules of an account are others now: ask for them again. */
  'catalogue:changed': (event: { accountId: string }) => void;
  /** Canned responses or forbidden words that this agent may use changed: ask for them again. */
  'canned:changed': (event: CannedEvent) => void;
  /** Somebody writes, or stopped. Fleeting: may be lost, ends by itself after `ttlMs`. */
  typing: (event: TypingEvent) => void;
  /** Who looks at a watched conversation now. Fleeting, like `typing`. */
  viewing: (event: ViewingEvent) => void;
  /** What this agent has begun to write, from another of her screens; empty when it was sent or thrown away. */
  'draft:changed': (event: DraftEvent) => void;
  /** Somebody named this agent, or she has read it: to all her screens. */
  'notification:changed': (event: NotificationEvent) => void;
  /** What this agent wants at every desk, all of it: to all her screens. */
  'preferences:changed': (event: AgentPreferences) => void;
  /** News may have been missed: ask for what changed. */
  resync: (event: { reason: 'listener' | 'overflow' | 'rights' }) => void;
}

/** Up from the browser: only what may be lost. */
export interface ClientToServerEvents {
  watch: (body: { conversationId: string }, reply: (result: WatchResult) => void) => void;
  unwatch: (body: { conversationId: string }) => void;
  typing: (body: { conversationId: string; active: boolean }) => void;
  /** This screen shows a watched conversation now, or (active: false) no longer; said again every 20 seconds. `asks`: and who else? */
  viewing: (
    body: { conversationId: string; active: boolean; asks?: boolean },
    /** `ok: false`: it is not watched, or said too often. */
    reply?: (result: { ok: boolean }) => void,
  ) => void;
  /** From now on this socket hears how colleagues are; ask `GET /api/agents/states` afterwards. */
  'agents:watch': (body: object, reply: (result: AgentsWatchResult) => void) => void;
  'agents:unwatch': (body: object) => void;
}

export interface MessageEvent {
  conversationId: string;
  message: MessageView;
  /**
   * Every change from this one up to `message.change` is in this event: whoever has `from - 1` or more applies it and
   * is then at `message.change`; whoever has less has a gap. Usually equal to `message.change`; smaller where the same
   * message changed several times before a node could tell.
   */
  from: number;
}

export interface ConversationEvent {
  id: string;
  row: ConversationRow | null;
}

export interface ContactEvent {
  conversationId: string;
  contact: ContactView;
}

export interface AgentEvent {
  /** One per agent; the newest each. */
  states: AgentStateView[];
}

export interface QueueEvent {
  id: string;
  /** null: the queue is no more. */
  queue: QueueSummary | null;
  /** Whoever hears it is a member. */
  mine: boolean;
}

export interface CannedEvent {
  what: 'responses' | 'forbidden';
}

export interface TypingEvent {
  conversationId: string;
  by: { kind: 'customer' | 'agent' | 'bot'; id: string | null; name: string | null };
  active: boolean;
  ttlMs: number;
}

export type AgentsWatchResult = { ok: true } | ({ ok: false } & ErrorBody);

export type WatchResult = { ok: true; lastSeq: number; lastChange: number } | ({ ok: false } & ErrorBody);
