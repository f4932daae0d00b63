import { Injectable, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { ConversationRow, MessageView } from '#libs/contracts/index.js';
import type { Tx } from '#libs/platform/database/index.js';
import { Announcements, Sockets, type ConsoleSocket } from '#libs/platform/realtime/index.js';
import { audience, conversationRoom, mayRead, numberRooms, type Asker, type Standing } from './conversation-access.js';
import { maskedRow, numbersFor, type Numbers } from './customers/numbers.js';
import { selectMessages, toMessageView, type MessageRow } from './threads/message-row.js';
import { RowPatches } from './lists/row-patches.js';
import { selectThreadRows, toConversationRow, type Thread, type ThreadRow } from './threads/thread-row.js';

/** Who could see a conversation before, when that changed. */
export type Was = Omit<Standing, 'accountId'>;

/** Small enough that hundreds fit into one notification. */
export interface Ref {
  id: string;
  /** The first change of this announcement; beyond the last one when only the row changed. */
  lo: number;
  /** Messages at later places than this one are new. */
  seq: number;
  was?: Was | undefined;
}

interface Whole {
  row: ThreadRow;
  messages: MessageRow[];
}

/** What this node need not read again; only who may see it when nobody here was listening while it was written. */
export type Memory = Whole | { standing: Standing };

/** The topic under which conversations are announced. */
export const CONVERSATIONS = 'conversations';

/**
 * Tells screens what happened to conversations. The node that wrote it tells from memory; the others read what the
 * references name, one query for rows and one for messages however many there are.
 */
@Injectable()
export class ConversationNews implements OnModuleInit, BeforeApplicationShutdown {
  private readonly patches = new RowPatches();

  constructor(
    private readonly announcements: Announcements,
    private readonly sockets: Sockets,
    private readonly dataSource: DataSource,
  ) {}

  onModuleInit(): void {
    this.announcements.on(CONVERSATIONS, (refs, origin, memory) =>
      origin === 'here' ? this.tellFromMemory(refs as Ref[], memory as Memory[]) : this.tellFromDatabase(refs as Ref[]),
    );
  }

  beforeApplicationShutdown(): void {
    this.patches.close();
  }

  announce(tx: Tx, thread: Thread): void {
    const { before, touched } = thread;
    const seen =
      before.open !== (thread.contact_id !== null) ||
      before.assigneeId !== thread.assignee_id ||
      before.lastAssigneeId !== thread.last_assignee_id;
    const { open, assigneeId, lastAssigneeId, lastSeq } = before;
    const was = seen ? { open, assigneeId, lastAssigneeId } : undefined;
    const lo = touched[0]?.change ?? thread.last_change + 1;
    this.announceStored(tx, { id: thread.id, lo, seq: lastSeq, was }, { row: thread, messages: touched });
  }

  /** For the inbox, which reads whole rows only of what `isHeard`. */
  announceStored(tx: Tx, ref: Ref, memory: Memory): void {
    this.announcements.announce(tx, CONVERSATIONS, ref, memory);
  }

  /** Whether anybody at this node would be told. */
  isHeard(id: string, standing: Standing, was: Was | undefined): boolean {
    const rooms = was ? audience({ ...standing, ...was }) : [];
    return this.heardIn([conversationRoom(id), ...audience(standing), ...rooms]);
  }

  private tellFromMemory(refs: Ref[], memory: Memory[]): Promise<void> | void {
    const unread: Ref[] = [];
    refs.forEach((ref, index) => {
      const known = memory[index]!;
      if ('row' in known) this.tell(known.row, ref, () => known.messages);
      // Somebody began to listen meanwhile, and may have been given what was there before the commit.
      else if (this.isHeard(ref.id, known.standing, ref.was)) unread.push(ref);
    });
    if (unread.length > 0) return this.tellFromDatabase(unread);
  }

  private async tellFromDatabase(refs: Ref[]): Promise<void> {
    const merged = mergeRefs(refs);
    const ids = merged.map((ref) => ref.id);
    const [rows, messages] = await Promise.all([
      this.dataSource.query<ThreadRow[]>(`${selectThreadRows} where c.id = any($1::bigint[])`, [ids]),
      this.dataSource.query<MessageRow[]>(
        `${selectMessages} join unnest($1::bigint[], $2::int[]) as r(id, lo) on m.conversation_id = r.id and m.change >= r.lo
         order by m.conversation_id, m.change`,
        [ids, merged.map((ref) => ref.lo)],
      ),
    ]);
    for (const ref of merged) {
      const row = rows.find((candidate) => candidate.id === ref.id);
      if (!row) continue;
      this.tell(row, ref, () => messages.filter((message) => message.conversation_id === ref.id));
    }
  }

  /** What nobody here would hear is not even put into words: most threads are open on no screen. */
  private tell(row: ThreadRow, ref: Ref, messages: () => MessageRow[]): void {
    const { was } = ref;
    const standing: Standing = standingOfRow(row);
    if (!this.isHeard(row.id, standing, was)) return;
    const rooms = audience(standing);
    const watched = this.heardIn([conversationRoom(row.id)]);
    const view = toConversationRow(row, 'whole');
    // Read from the database while this node told something newer from memory: who may see it is settled already.
    const moved = was !== undefined && !this.patches.isStale(view);
    if (moved) this.takeAway(view, rooms, { ...standing, ...was }, standing);
    const watchers = this.sockets.to([conversationRoom(row.id)]);
    for (const { message, from, created } of watched ? eventsOf(messages().map(toMessageView), ref) : []) {
      watchers.emit(created ? 'message:created' : 'message:changed', { conversationId: row.id, message, from });
    }
    const send = (): void => this.sockets.inBursts(burstOf(row.id), () => this.tellRow(view, rooms));
    if (moved) this.patches.now(view, send);
    else this.patches.patch(view, send);
    if (was && watched) {
      const contact = view.contact;
      if (contact) watchers.emit('contact:changed', { conversationId: row.id, contact });
    }
  }

  /** Nobody hears a number that she may not see. */
  private tellRow(row: ConversationRow, rooms: string[]): void {
    const { whole, masked } = numberRooms;
    if (this.heardIn([whole])) this.sockets.to(rooms, [masked]).emit('conversation:changed', { id: row.id, row });
    if (!this.heardIn([masked])) return;
    this.sockets.to(rooms, [whole]).emit('conversation:changed', { id: row.id, row: maskedRow(row) });
  }

  private heardIn(rooms: string[]): boolean {
    return rooms.some((room) => {
      for (const _ of this.sockets.inRoom(room)) return true;
      return false;
    });
  }

  /** Before the news: whoever could see it and no longer may, leaves the room and loses the row. */
  private takeAway(view: ConversationRow, rooms: string[], before: Standing, now: Standing): void {
    for (const socket of this.sockets.inRoom(conversationRoom(view.id))) {
      const asker = askerOf(socket);
      if (!asker || !mayRead(asker, now)) void socket.leave(conversationRoom(view.id));
    }
    this.sockets.notInBurst(burstOf(view.id));
    const lost = audience(before).filter((room) => !rooms.includes(room));
    if (lost.length > 0) this.sockets.to(lost, rooms).emit('conversation:changed', { id: view.id, row: null });
  }
}

const burstOf = (id: string): string => `row:${id}`;

export function standingOfRow(row: ThreadRow): Standing {
  return {
    accountId: row.account_id,
    open: row.contact_id !== null,
    assigneeId: row.assignee_id,
    lastAssigneeId: row.last_assignee_id,
  };
}

/** What the gateway knows of the person at a socket; kept beside `person` in the socket's data. */
export function askerOf(socket: ConsoleSocket): NamedAsker | undefined {
  return (socket.data as { asker?: NamedAsker }).asker;
}

/** What of numbers may be told to whoever sits there. */
export function numbersAt(socket: ConsoleSocket): Numbers {
  const asker = askerOf(socket);
  return asker ? numbersFor(asker) : 'masked';
}

export function setAsker(socket: ConsoleSocket, asker: NamedAsker | undefined): void {
  (socket.data as { asker?: NamedAsker }).asker = asker;
}

type NamedAsker = Asker & { name: string };

interface TouchedMessage {
  message: MessageView;
  from: number;
  created: boolean;
}

/**
 * Events in the order of their change, each covering what lies between it and the one before: a message that changed
 * twice before a node could read it is told once.
 */
function eventsOf(messages: MessageView[], { lo, seq }: Ref): TouchedMessage[] {
  let from = lo;
  return messages.map((message) => {
    const event = { message, from, created: message.seq > seq };
    from = message.change + 1;
    return event;
  });
}

function mergeRefs(refs: Ref[]): Ref[] {
  const merged = new Map<string, Ref>();
  for (const ref of refs) {
    const known = merged.get(ref.id);
    if (!known) merged.set(ref.id, { ...ref });
    else {
      known.lo = Math.min(known.lo, ref.lo);
      known.seq = Math.min(known.seq, ref.seq);
      known.was ??= ref.was;
    }
  }
  return [...merged.values()];
}
