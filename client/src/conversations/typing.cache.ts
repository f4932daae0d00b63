import type { TypingEvent } from '#libs/contracts/index.js';

/** Who writes where, and until when that may be believed (milliseconds of this desk's clock). */
export type Typing = Readonly<Record<string, readonly Writer[]>>;

export interface Writer {
  kind: 'customer' | 'agent' | 'bot';
  id: string | null;
  name: string | null;
  until: number;
}

export function applyTyping(typing: Typing, event: TypingEvent, now: number): Typing {
  const others = (typing[event.conversationId] ?? []).filter((writer) => !same(writer, event.by) && writer.until > now);
  const writers = event.active ? [...others, { ...event.by, until: now + event.ttlMs }] : others;
  return put(typing, event.conversationId, writers);
}

/** The message is there: its writer has stopped, whatever the fleeting news said. */
export function endTyping(typing: Typing, conversationId: string, by: { kind: string; id: string | null }): Typing {
  const writers = typing[conversationId];
  if (!writers) return typing;
  const left = writers.filter((writer) => writer.kind !== by.kind || (by.kind === 'agent' && writer.id !== by.id));
  return left.length === writers.length ? typing : put(typing, conversationId, left);
}

export function expireTyping(typing: Typing, now: number): Typing {
  let next = typing;
  for (const [conversationId, writers] of Object.entries(typing)) {
    const left = writers.filter((writer) => writer.until > now);
    if (left.length !== writers.length) next = put(next, conversationId, left);
  }
  return next;
}

function same(writer: Writer, by: TypingEvent['by']): boolean {
  return writer.kind === by.kind && (by.kind !== 'agent' || writer.id === by.id);
}

function put(typing: Typing, conversationId: string, writers: readonly Writer[]): Typing {
  const { [conversationId]: _, ...others } = typing;
  return writers.length > 0 ? { ...others, [conversationId]: writers } : others;
}
