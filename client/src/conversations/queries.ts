import { queryOptions, replaceEqualDeep } from '@tanstack/react-query';
import type {
  ConversationDetail,
  ConversationEvent,
  ListOrder,
  MessageEvent,
  SearchState,
  View,
} from '#libs/contracts/index.js';
import { isNarrow } from '../finding/narrowing.js';
import { Recorder } from '../connection/recorder.js';
import { api } from '../http/api.js';
import { ApiError } from '../http/api-error.js';
import { Ahead } from './ahead.js';
import { applyRowToDetail } from './detail.cache.js';
import { applyRow, listFromPage, type ConversationList, type ListRules, type Team } from './list.cache.js';
import { applyMessage, prependPage, threadFromPage, type Thread } from './thread.cache.js';
import { applyMessageToWindow, windowFromPage, type PastWindow } from './window.cache.js';

export const PAGE = 50;
/** How far an opened thread reaches back for its first unread message. */
const REACH = 500;

export interface ListChoice {
  view: View;
  order: ListOrder;
  account?: string | undefined;
  inQueue?: string | undefined;
  of?: string | undefined;
  unanswered?: true | undefined;
  labelled?: string | undefined;
  only?: SearchState | undefined;
}

export const keys = {
  lists: ['list'] as const,
  list: (rules: ListRules) => ['list', rules] as const,
  counts: ['counts'] as const,
  details: ['detail'] as const,
  detail: (id: string) => ['detail', id] as const,
  threads: ['thread'] as const,
  thread: (id: string) => ['thread', id] as const,
  windows: (id: string) => ['window', id] as const,
  window: (id: string, message: string) => ['window', id, message] as const,
  agents: ['agents'] as const,
};

/** What the pointer rests on. */
export const ahead = new Ahead({
  detail: (id) => api.conversation(id),
  page: (id) => api.messages(id, { limit: PAGE }),
  now: () => performance.now(),
});

export const heardRows = new Recorder<ConversationEvent>();
export const heardMessages = new Recorder<MessageEvent>();

export function rulesOf(choice: ListChoice, me: string, team?: Team): ListRules {
  const rules = { view: choice.view, order: choice.order, me, accountId: choice.account };
  if (choice.view === 'queue') return { ...rules, team };
  const { inQueue, of, unanswered, labelled, only } = choice;
  if (choice.view !== 'all' || !isNarrow(choice)) return rules;
  const agent = of === 'me' ? me : of === 'none' ? null : of;
  return { ...rules, filters: { queue: inQueue, agent, unanswered, label: labelled, state: only } };
}

export function listQuery(rules: ListRules) {
  return queryOptions({
    queryKey: keys.list(rules),
    queryFn: ({ signal }): Promise<ConversationList> =>
      heardRows.during(async (heard) => {
        const page = await api.conversations({ ...listAsked(rules), limit: PAGE }, signal);
        return heard.reduce((list, event) => applyRow(list, event, rules), listFromPage(page, rules));
      }),
    structuralSharing: false,
  });
}

/** A list's rules as its door takes them. */
export function listAsked({ view, order, accountId, filters }: ListRules) {
  const agent = filters?.agent === null ? 'none' : filters?.agent;
  const unanswered = filters?.unanswered ? 'true' : undefined;
  const { queue, label, state } = filters ?? {};
  return { view, order, account: accountId, queue, agent, unanswered, label, state };
}

export function countsQuery() {
  return queryOptions({ queryKey: keys.counts, queryFn: ({ signal }) => api.counts(signal) });
}

export function detailQuery(id: string) {
  return queryOptions({
    queryKey: keys.detail(id),
    queryFn: async ({ signal }) => (await ahead.detail(id)) ?? (await api.conversation(id, signal)),
    // The answer may have been read before news that is already on the screen.
    structuralSharing: (old, fresh) => newestDetail(old as ConversationDetail | undefined, fresh as ConversationDetail),
  });
}

/** The newest page, and as many before it as it takes to begin at the first unread message. */
export function threadQuery(id: string, watch: (id: string) => Promise<number>) {
  return queryOptions({
    queryKey: keys.thread(id),
    queryFn: ({ signal, client }): Promise<Thread> =>
      heardMessages.during(async (heard) => {
        const newest = () => api.messages(id, { limit: PAGE }, signal);
        const [watchedFrom, { conversation }, first] = await Promise.all([
          watch(id),
          client.ensureQueryData(detailQuery(id)),
          ahead.page(id).then((page) => page ?? newest()),
        ]);
        // Both were asked for at once: what came after this page and before the watch would be heard by nobody.
        const page = first.lastChange >= watchedFrom ? first : await newest();
        let thread = threadFromPage(id, page);
        for (
          let first = thread.messages[0];
          conversation.unread > 0 && first && thread.hasOlder && first.seq > conversation.readSeq + 1;
          first = thread.messages[0]
        ) {
          if (thread.messages.length >= REACH) break;
          thread = prependPage(thread, await api.messages(id, { before: first.seq, limit: 100 }, signal)).thread;
        }
        return heard.reduce((known, event) => applyMessage(known, event).thread, thread);
      }),
    structuralSharing: false,
  });
}

/** What stands around a message that the thread has not loaded. */
export function windowQuery(id: string, message: string) {
  return queryOptions({
    queryKey: keys.window(id, message),
    queryFn: ({ signal }): Promise<PastWindow> =>
      heardMessages.during(async (heard) => {
        const page = await api.messages(id, { around: message, limit: PAGE }, signal);
        return heard.reduce(applyMessageToWindow, windowFromPage(id, message, page));
      }),
    structuralSharing: false,
    gcTime: 0,
  });
}

/** What stayed the same stays the same object: nobody who shows only that is drawn anew. */
function newestDetail(old: ConversationDetail | undefined, fresh: ConversationDetail): ConversationDetail {
  return old ? replaceEqualDeep(old, applyRowToDetail(fresh, old.conversation)) : fresh;
}

/** A conversation that is not there, or not for this agent's eyes. */
export function isGone(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 404 || error.status === 403 || error.code === 'invalid');
}
