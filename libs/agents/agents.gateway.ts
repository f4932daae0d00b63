import { ConnectedSocket, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import type { AgentsWatchResult } from '#libs/contracts/index.js';
import { NAMESPACE } from '#libs/platform/realtime/index.js';
import type { ConsoleSocket } from '#libs/platform/realtime/index.js';
import { Log, forbidden, toAnswer } from '#libs/platform/telemetry/index.js';
import { AgentRights } from './agent-rights.service.js';
import { isAgentRoom, roomsOfWatcher } from './agent-rooms.js';
import { Presence } from './presence.service.js';
import { RightsReader } from './rights.service.js';
import type { Rights } from './rights.service.js';

/** Who looks at how colleagues are. Rooms are rights here too: left in the moment the rights change. */
@WebSocketGateway({ namespace: NAMESPACE })
export class AgentsGateway {
  /** Raised with every change, so that of two seatings on their way only the last one holds. */
  private readonly turns = new WeakMap<ConsoleSocket, number>();

  constructor(
    private readonly reader: RightsReader,
    private readonly presence: Presence,
    private readonly log: Log,
    rights: AgentRights,
  ) {
    rights.onChanged((agentId, now) => this.reseat(agentId, now));
  }

  @SubscribeMessage('agents:watch')
  async watch(@ConnectedSocket() socket: ConsoleSocket): Promise<AgentsWatchResult> {
    const { agentId } = socket.data.person;
    try {
      await this.seat(
        socket,
        this.reader.of([agentId]).then((found) => found.get(agentId) ?? null),
      );
      if (![...socket.rooms].some(isAgentRoom)) throw forbidden('This needs the right agent.read.');
      return { ok: true };
    } catch (fault) {
      const answer = toAnswer(fault, socket.id, 0);
      if (answer.ours) this.log.error({ err: fault }, 'watching agents failed');
      return { ok: false, ...answer.body };
    }
  }

  @SubscribeMessage('agents:unwatch')
  unwatch(@ConnectedSocket() socket: ConsoleSocket): void {
    this.turns.delete(socket);
    leave(socket);
  }

  private async reseat(agentId: string, rights: Promise<Rights | null>): Promise<void> {
    const watching = [...this.presence.socketsOf(agentId)].filter((socket) => this.turns.has(socket));
    for (const socket of watching) leave(socket);
    await Promise.all(watching.map((socket) => this.seat(socket, rights)));
  }

  private async seat(socket: ConsoleSocket, rights: Promise<Rights | null>): Promise<void> {
    const turn = (this.turns.get(socket) ?? 0) + 1;
    this.turns.set(socket, turn);
    const now = await rights;
    if (this.turns.get(socket) !== turn || now?.permissions.has('agent.read') !== true) return;
    await socket.join(roomsOfWatcher(now));
  }
}

function leave(socket: ConsoleSocket): void {
  for (const room of socket.rooms) if (isAgentRoom(room)) void socket.leave(room);
}
