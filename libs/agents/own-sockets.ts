import type { ConsoleSocket } from '#libs/platform/realtime/index.js';

/** The sockets of this node, by person and session: all tabs of a browser share a session, devices have one each. */
export class OwnSockets {
  private readonly byAgent = new Map<string, Map<string, Set<ConsoleSocket>>>();

  /** @returns whether it is the first of its session here */
  add(socket: ConsoleSocket): boolean {
    const { agentId, sessionId } = socket.data.person;
    const sessions = this.byAgent.get(agentId) ?? new Map<string, Set<ConsoleSocket>>();
    this.byAgent.set(agentId, sessions);
    const sockets = sessions.get(sessionId) ?? new Set<ConsoleSocket>();
    sessions.set(sessionId, sockets);
    sockets.add(socket);
    return sockets.size === 1;
  }

  /** @returns whether it was the last of its session here */
  remove(socket: ConsoleSocket): boolean {
    const { agentId, sessionId } = socket.data.person;
    const sessions = this.byAgent.get(agentId);
    const sockets = sessions?.get(sessionId);
    if (!sessions || !sockets?.delete(socket) || sockets.size > 0) return false;
    sessions.delete(sessionId);
    if (sessions.size === 0) this.byAgent.delete(agentId);
    return true;
  }

  has(agentId: string): boolean {
    return this.byAgent.has(agentId);
  }

  agents(): string[] {
    return [...this.byAgent.keys()];
  }

  sessionsOf(agentIds: readonly string[]): string[] {
    return agentIds.flatMap((agentId) => [...(this.byAgent.get(agentId)?.keys() ?? [])]);
  }

  *of(agentId: string): Iterable<ConsoleSocket> {
    for (const sockets of this.byAgent.get(agentId)?.values() ?? []) yield* sockets;
  }
}
