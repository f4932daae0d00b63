import { Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { AgentStateView, Visibility } from '#libs/contracts/index.js';
import { Announcements, Sockets } from '#libs/platform/realtime/index.js';
import { Log } from '#libs/platform/telemetry/index.js';
import { roomsOfAgent, watchRoom } from './agent-rooms.js';
import type { AgentNewsRef } from './agent-runtime.service.js';
import { AgentStates } from './agent-states.service.js';
import { Presence } from './presence.service.js';

const PAUSE_MS = 1_000;

/**
 * `agent:changed`: to the person herself at once, on all her tabs; to those who look, at most once a second and node,
 * however many changed. Where nobody looks, nothing is read.
 */
@Injectable()
export class AgentNews implements OnModuleInit, BeforeApplicationShutdown {
  private readonly changed = new Set<string>();
  private readonly untold = new Set<string>();
  private telling = false;
  private pause: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: DataSource,
    private readonly announcements: Announcements,
    private readonly sockets: Sockets,
    private readonly presence: Presence,
    private readonly states: AgentStates,
    private readonly log: Log,
  ) {}

  onModuleInit(): void {
    this.announcements.on('agents', (refs) => this.heard(refs as AgentNewsRef[]));
  }

  beforeApplicationShutdown(): void {
    clearTimeout(this.pause);
  }

  private async heard(refs: AgentNewsRef[]): Promise<void> {
    const agentIds = [...new Set(refs.map(({ agentId }) => agentId))];
    for (const agentId of agentIds) this.changed.add(agentId);
    for (const agentId of agentIds) if (this.presence.has(agentId)) this.untold.add(agentId);
    await Promise.all([
      this.tellThemselves(),
      // A lonely change is told at once, a storm once a second.
      this.pause === undefined ? this.tellWatchers() : undefined,
    ]);
  }

  /** What changes while others are read is read together afterwards. */
  private async tellThemselves(): Promise<void> {
    if (this.telling) return;
    this.telling = true;
    try {
      while (this.untold.size > 0) {
        const agentIds = [...this.untold];
        this.untold.clear();
        for (const state of await this.states.of(agentIds)) {
          for (const socket of this.presence.socketsOf(state.agentId))
            socket.emit('agent:changed', { states: [state] });
        }
      }
    } finally {
      this.telling = false;
    }
  }

  private async tellWatchers(): Promise<void> {
    const agentIds = [...this.changed];
    this.changed.clear();
    this.pause = setTimeout(() => {
      this.pause = undefined;
      if (this.changed.size === 0) return;
      this.tellWatchers().catch((fault: unknown) => {
        this.log.error({ err: fault }, 'how agents are could not be told');
        this.sockets.resync('listener');
      });
    }, PAUSE_MS);
    this.pause.unref();
    if ([...this.sockets.inRoom(watchRoom)].length === 0) return;
    const states = await this.states.of(agentIds);
    for (const { rooms, told } of await this.byRooms(states))
      this.sockets.to(rooms).emit('agent:changed', { states: told });
  }

  /** One event for all whom the same people may see. */
  private async byRooms(states: AgentStateView[]): Promise<{ rooms: string[]; told: AgentStateView[] }[]> {
    const places = await this.database.query<{ id: string; visibility: Visibility; account_ids: string[] }[]>(
      `select a.id, a.visibility, array(select account_id::text from agent_accounts
         where agent_id = a.id order by account_id) as account_ids
       from agents a where a.id = any($1::bigint[])`,
      [states.map(({ agentId }) => agentId)],
    );
    const groups = new Map<string, { rooms: string[]; told: AgentStateView[] }>();
    for (const { id, visibility, account_ids } of places) {
      const rooms = roomsOfAgent(visibility, account_ids);
      const group = groups.get(rooms.join()) ?? { rooms, told: [] };
      groups.set(rooms.join(), group);
      group.told.push(states.find(({ agentId }) => agentId === id)!);
    }
    return [...groups.values()];
  }
}
