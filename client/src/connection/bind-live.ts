import type { LiveAgents } from '../agents/live-agents.js';
import type { LiveCanned } from '../canned/live-canned.js';
import type { TransferWatch } from '../contact-acts/transfer-watch.js';
import type { LiveConversations } from '../conversations/live-conversations.js';
import type { Drafts } from '../outbox/drafts.js';
import type { Outbox } from '../outbox/outbox.js';
import type { FollowPerson } from '../settings/follow-person.js';
import type { LiveOffers } from '../offers/live-offers.js';
import type { LiveQueues } from '../queues/live-queues.js';
import type { News } from '../signals/news.js';
import type { TypingStore } from '../conversations/typing-store.js';
import type { LiveNotifications } from '../writing/live-notifications.js';
import type { Viewing } from '../writing/viewing.js';
import type { ConsoleSocket } from './live.js';

export interface LiveRooms {
  conversations: LiveConversations;
  agents: LiveAgents;
  offers: LiveOffers;
  queues: LiveQueues;
  canned: LiveCanned;
  transfers: TransferWatch;
  typing: TypingStore;
  news: News;
  viewers: TypingStore;
  viewing: Viewing;
  drafts: Drafts;
  notifications: LiveNotifications;
  outbox: Outbox;
  person: FollowPerson;
  askWhoIAm: () => void;
  /** Labels and attributes of an account are others. */
  catalogueChanged: () => void;
  /** Something may have been missed, anywhere. */
  catchUp: () => void;
}

/** Which news goes where; the only place that knows event names. */
export function bindLive(socket: ConsoleSocket, rooms: LiveRooms): void {
  const { conversations, agents, offers, queues, canned, transfers, typing, news, outbox, askWhoIAm, catchUp } = rooms;
  const { catalogueChanged } = rooms;
  const { viewers, viewing, drafts, notifications, person } = rooms;
  socket.on('message:created', (event) => {
    conversations.threads.message(event);
    typing.wrote(event.message);
    if (event.message.clientId) outbox.confirm(event.message.clientId);
  });
  socket.on('message:changed', (event) => conversations.threads.message(event));
  socket.on('conversation:changed', (event) => {
    conversations.row(event);
    if (event.row) {
      transfers.see(event.row);
      news.rows.see(event.row);
    } else {
      transfers.gone(event.id);
      news.rows.gone(event.id);
    }
  });
  socket.on('contact:changed', (event) => conversations.contact(event));
  socket.on('agent:changed', (event) => agents.hear(event));
  socket.on('offer:made', (offer) => offers.made(offer));
  socket.on('offer:ended', (event) => offers.ended(event));
  socket.on('queue:changed', (event) => queues.hear(event));
  socket.on('catalogue:changed', catalogueChanged);
  socket.on('canned:changed', (event) => canned.hear(event));
  socket.on('notification:changed', ({ made }) => {
    if (made?.kind === 'mention') news.mentioned(made);
  });
  socket.on('typing', (event) => typing.hear(event));
  socket.on('viewing', (event) => {
    const { conversationId, by, active, ttlMs } = event;
    viewers.hear({ conversationId, by: { kind: 'agent', ...by }, active, ttlMs });
    viewing.hear(event);
  });
  socket.on('draft:changed', (event) => {
    conversations.stale(event.conversationId);
    drafts.hear(event);
  });
  socket.on('notification:changed', (event) => notifications.hear(event));
  socket.on('preferences:changed', (event) => person.hear(event));
  socket.on('resync', ({ reason }) => {
    if (reason === 'rights') askWhoIAm();
    catchUp();
  });
}
