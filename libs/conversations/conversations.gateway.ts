import {
  ConnectedSocket,
  MessageBody,
  SubscribeMessage,
  WebSocketGateway,
  type OnGatewayInit,
} from '@nestjs/websockets';
import { DataSource } from 'typeorm';
import { AgentRights, Agents, type Rights } from '#libs/agents/index.js';
import { errorCodes, type WatchResult } from '#libs/contracts/index.js';
import { isId } from '#libs/platform/access/index.js';
import { NAMESPACE, Sockets, type ConsoleNamespace, type ConsoleSocket } from '#libs/platform/realtime/index.js';
import { AppError, Log, Metrics, notFound, toAnswer } from '#libs/platform/telemetry/index.js';
import { authorOf } from './author.js';
import { conversationRoom, mayRead, numberRooms, roomsOf } from './conversation-access.js';
import { askerOf, setAsker, standingOfRow } from './conversation-news.js';
import { numbersFor } from './customers/numbers.js';
import { selectThreadRows, type ThreadRow } from './threads/thread-row.js';
import { TypingSigns } from './threads/typing-signs.js';

/** So many conversations one socket may watch: a screen shows one, a few stay warm. */
const WATCH_LIMIT = 50;

/** A room is a permission: joined through the same rule as HTTP, left in the moment the right is gone. */
@WebSocketGateway({ namespace: NAMESPACE })
export class ConversationsGateway implements OnGatewayInit<ConsoleNamespace> {
  /** Resolves when the rights that are being read again hold. */
  private readonly seating = new WeakMap<ConsoleSocket, Promise<void>>();

  constructor(
    private readonly agents: Agents,
    private readonly sockets: Sockets,
    private readonly dataSource: DataSource,
    private readonly typing: TypingSigns,
    private readonly log: Log,
    rights: AgentRights,
    metrics: Metrics,
  ) {
    rights.onChanged((agentId, now) => this.rejoin(agentId, now));
    sockets.seatWith(async (socket) => {
      const now = await agents.rightsOf(socket.data.person.agentId);
      if (now) await this.seat(socket, now);
    });
    metrics.watch('madoguchi_sockets', 'Browsers connected to this node', () => [...sockets.local()].length);
    metrics.watch('madoguchi_sockets_lagging', 'Browsers that do not take their news', () => sockets.lagging);
  }

  /** Seated before it is told that it is connected: whatever happens after its first fetch, it hears. */
  afterInit(namespace: ConsoleNamespace): void {
    namespace.use((socket, next) => {
      this.agents.signedIn(socket.data.person).then(
        async (person) => {
          if (!person) return next(new Error(errorCodes.unauthenticated));
          await this.seat(socket, person);
          next();
        },
        () => next(new Error(errorCodes.internal)),
      );
    });
  }

  @SubscribeMessage('watch')
  async watch(@ConnectedSocket() socket: ConsoleSocket, @MessageBody() body: unknown): Promise<WatchResult> {
    const id = (body as { conversationId?: unknown } | null)?.conversationId;
    const room = conversationRoom(String(id));
    try {
      if (!isId(id) || (!socket.rooms.has(room) && watched(socket) >= WATCH_LIMIT)) throw notFound('The conversation');
      // Joined before the counters are read, so that nothing falls between them.
      const before = await this.row(socket, id);
      if (!before) throw notFound('The conversation');
      await socket.join(room);
      const row = await this.row(socket, id);
      if (!row) throw notFound('The conversation');
      return { ok: true, lastSeq: row.last_seq, lastChange: row.last_change };
    } catch (fault) {
      void socket.leave(room);
      const answer = toAnswer(fault, socket.id, 0);
      if (answer.ours) this.log.error({ err: fault }, 'watching failed');
      return { ok: false, ...answer.body };
    }
  }

  @SubscribeMessage('unwatch')
  async unwatch(@ConnectedSocket() socket: ConsoleSocket, @MessageBody() body: unknown): Promise<void> {
    const id = (body as { conversationId?: unknown } | null)?.conversationId;
    if (isId(id)) await socket.leave(conversationRoom(id));
  }

  @SubscribeMessage('typing')
  async write(@ConnectedSocket() socket: ConsoleSocket, @MessageBody() body: unknown): Promise<void> {
    const { conversationId, active } = (body ?? {}) as { conversationId?: unknown; active?: unknown };
    const asker = askerOf(socket);
    if (!asker || !isId(conversationId) || !socket.rooms.has(conversationRoom(conversationId))) return;
    try {
      const writer = { id: asker.agentId, name: asker.name, mayReply: asker.permissions.has('conversation.reply') };
      await this.typing.fromAgent(writer, conversationId, active === true);
    } catch (fault) {
      this.log.debug({ err: fault }, 'a typing sign was lost');
    }
  }

  private async row(socket: ConsoleSocket, id: string): Promise<ThreadRow | undefined> {
    const [row] = await this.dataSource.query<ThreadRow[]>(`${selectThreadRows} where c.id = $1`, [id]);
    // Asked after the wait: her rights may have changed meanwhile, or be in the middle of being read.
    await this.seating.get(socket);
    const asker = askerOf(socket);
    if (!asker) throw new AppError(503, errorCodes.busy, 'Your rights could not be read now; ask again.');
    return row && mayRead(asker, standingOfRow(row)) ? row : undefined;
  }

  private async seat(socket: ConsoleSocket, rights: Rights): Promise<void> {
    const asker = authorOf(rights);
    setAsker(socket, asker);
    await socket.join([numberRooms[numbersFor(asker)], ...roomsOf(asker)]);
  }

  /** Out of every room first; back into those that the new rights give. The screen then asks what it may still show. */
  private async rejoin(agentId: string, rights: Promise<Rights | null>): Promise<void> {
    const seats = [...this.sockets.local()].filter((socket) => socket.data.person.agentId === agentId);
    for (const socket of seats) {
      setAsker(socket, undefined);
      for (const room of socket.rooms) if (room !== socket.id) void socket.leave(room);
    }
    const seated = this.seatAnew(seats, rights);
    for (const socket of seats)
      this.seating.set(
        socket,
        seated.catch(() => undefined),
      );
    await seated;
  }

  private async seatAnew(seats: ConsoleSocket[], rights: Promise<Rights | null>): Promise<void> {
    const now = await rights;
    if (!now) return;
    for (const socket of seats) {
      await this.seat(socket, now);
      socket.emit('resync', { reason: 'rights' });
    }
  }
}

function watched(socket: ConsoleSocket): number {
  return [...socket.rooms].filter((room) => room.startsWith(conversationRoom(''))).length;
}
