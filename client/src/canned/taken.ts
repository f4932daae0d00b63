import { api } from '../http/api.js';

/** Which canned responses went into what is being written, per conversation: counted when it is sent, and not before. */
const taken = new Map<string, Set<string>>();

export function noteTaken(conversationId: string, cannedId: string): void {
  const known = taken.get(conversationId);
  if (known) known.add(cannedId);
  else taken.set(conversationId, new Set([cannedId]));
}

export function dropTaken(conversationId: string): void {
  taken.delete(conversationId);
}

/** The number only sorts: one that is lost is not worth a word. */
export function countTaken(conversationId: string): void {
  for (const id of taken.get(conversationId) ?? []) void api.usedCanned(id).catch(() => undefined);
  taken.delete(conversationId);
}
