import type { LiveAgents } from '../agents/live-agents.js';
import type { TransferWatch } from '../contact-acts/transfer-watch.js';
import type { LiveConversations } from '../conversations/live-conversations.js';
import type { Outbox } from '../outbox/outbox.js';
import type { TypingStore } from '../conversations/typing-store.js';
import type { ConsoleSocket } from './live.js';

/** Which news goes where; the only place that knows event names. */
export function bindLive(
  socket: ConsoleSocket,
  conversations: LiveConversations,
  agents: LiveAgents,
  typing: TypingStore,
  outbox: Outbox,
  transfers: TransferWatch,
  askWhoIAm: () => void,
): void {
  socket.on('message:created', (event) => {
    conversations.threads.message(event);
    typing.wrote(event.message);
    if (event.message.clientId) outbox.confirm(event.message.clientId);
  });
  socket.on('message:changed', (event) => conversations.threads.message(event));
  socket.on('conversation:changed', (event) => {
    conversations.row(event);
    if (event.row) transfers.see(event.row);
    else transfers.gone(event.id);
  });
  socket.on('contact:changed', (event) => conversations.contact(event));
  socket.on('agent:changed', (event) => agents.hear(event));
  socket.on('typing', (event) => typing.hear(event));
  socket.on('resync', ({ reason }) => {
    if (reason === 'rights') askWhoIAm();
    void conversations.catchUp();
    void agents.catchUp();
  });
}
