import {
  ConnectedSocket,
  MessageBody,
  SubscribeMessage,
  WebSocketGateway,
  type OnGatewayDisconnect,
} from '@nestjs/websockets';
import { isId } from '#libs/platform/access/index.js';
import { NAMESPACE, Sockets, type ConsoleSocket } from '#libs/platform/realtime/index.js';
import { conversationRoom } from '../conversation-access.js';
import { askerOf } from '../conversation-news.js';

const TTL_MS = 45_000;
/** So many signs in ten seconds are a person who leafs through; more are dropped. */
const SIGNS = 30;
const SPAN_MS = 10_000;

interface Look {
  conversationId: string;
  by: { id: string; name: string };
  since: number;
  signs: number;
}

/**
 * Who looks at a conversation now. Fleeting and stored nowhere: each screen says what it shows, says it again while it does,
 * and says it in answer when somebody comes and asks. Told only to whoever watches the same conversation.
 */
@WebSocketGateway({ namespace: NAMESPACE })
export class ViewingGateway implements OnGatewayDisconnect<ConsoleSocket> {
  private readonly looks = new Map<string, Look>();

  constructor(private readonly sockets: Sockets) {}

  @SubscribeMessage('viewing')
  view(@ConnectedSocket() socket: ConsoleSocket, @MessageBody() body: unknown): { ok: boolean } {
    const { conversationId, active, asks } = (body ?? {}) as Record<string, unknown>;
    const asker = askerOf(socket);
    if (!asker || !isId(conversationId)) return { ok: false };
    const before = this.looks.get(socket.id);
    if (active !== true) {
      if (before?.conversationId === conversationId) this.end(socket.id);
      return { ok: true };
    }
    // The room is the right to read it.
    if (!socket.rooms.has(conversationRoom(conversationId))) return { ok: false };
    const fresh = before === undefined || Date.now() - before.since > SPAN_MS;
    const signs = fresh ? 1 : before.signs + 1;
    if (signs > SIGNS) return { ok: false };
    if (before && before.conversationId !== conversationId) this.end(socket.id);
    const by = { id: asker.agentId, name: asker.name };
    this.looks.set(socket.id, { conversationId, by, since: fresh ? Date.now() : before.since, signs });
    this.tell(socket.id, { conversationId, by, active: true, asks: asks === true });
    return { ok: true };
  }

  handleDisconnect(socket: ConsoleSocket): void {
    this.end(socket.id);
  }

  private end(socketId: string): void {
    const look = this.looks.get(socketId);
    if (!look) return;
    this.looks.delete(socketId);
    const { conversationId, by } = look;
    for (const other of this.looks.values()) {
      if (other.conversationId === conversationId && other.by.id === by.id) return;
    }
    this.tell(socketId, { conversationId, by, active: false, asks: false });
  }

  private tell(
    except: string,
    event: { conversationId: string; by: Look['by']; active: boolean; asks: boolean },
  ): void {
    this.sockets
      .fleeting([conversationRoom(event.conversationId)], [except])
      .emit('viewing', { ...event, ttlMs: TTL_MS });
  }
}
