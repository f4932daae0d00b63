import type { Mention } from './content.js';

/** What stands in a composer and is not sent: of one agent in one conversation, on all her devices. */
export interface DraftView {
  conversationId: string;
  /** The reply. */
  text: string;
  note: string;
  /** In the note. */
  mentions: Mention[];
  /** The place of the newest message when the reply was begun; null while there is none. */
  answering: number | null;
  /** Rises with every change; a lower one never replaces a higher one. */
  version: number;
}

/** What is left out stays as it is; empty texts forget the draft. */
export interface DraftBody {
  text?: string;
  note?: string;
  /** All of the note's; with `note` only. */
  mentions?: Mention[];
  answering?: number | null;
  /** The screen that writes, a word of its own choice: it knows its own news by it. */
  desk?: string;
}

/** `draft:changed` */
export interface DraftEvent extends DraftView {
  /** The screen that wrote it; null when the server did, because it was sent. */
  desk: string | null;
}

/** A list shows of a draft that there is one, and how it begins. */
export interface DraftSummary {
  conversationId: string;
  kind: 'reply' | 'note';
  /** One line, 120 characters at most. */
  preview: string;
  version: number;
}

/** Somebody named this agent in a note. */
export interface NotificationView {
  id: string;
  kind: 'mention';
  conversationId: string;
  messageId: string;
  /** The note's place in the thread. */
  seq: number;
  by: { id: string; name: string };
  customerName: string | null;
  /** One line of the note, 120 characters at most. */
  preview: string;
  at: string;
  readAt: string | null;
}

export interface NotificationPage {
  /** Newest first. */
  notifications: NotificationView[];
  hasMore: boolean;
  /** 100 means "100 or more". */
  unread: number;
}

/** One of them, or everything up to (and with) one. */
export interface ReadNotificationsBody {
  ids?: string[];
  upTo?: string;
}

/** `notification:changed` */
export interface NotificationEvent {
  /** A new one. */
  made: NotificationView | null;
  unread: number;
}

export interface ViewingEvent {
  conversationId: string;
  by: { id: string; name: string };
  active: boolean;
  /** Whoever looks at it too says so in answer. */
  asks: boolean;
  ttlMs: number;
}

/** 送信取消: so many seconds a message may wait before it leaves. */
export const undoLimits = { most: 30 } as const;
export const mentionLimits = { count: 20 } as const;
