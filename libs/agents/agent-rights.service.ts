import { Injectable } from '@nestjs/common';
import type { Rights } from './rights.service.js';

/**
 * Called on every node where the agent has sockets, in the moment the change is heard: leave rooms first, then wait
 * for the rights and join again. The promise never fails; null means that there are none and the sockets are cut.
 */
export type RightsListener = (agentId: string, rights: Promise<Rights | null>) => void | Promise<void>;

/** The hook for whoever keeps rooms or caches by right. */
@Injectable()
export class AgentRights {
  private readonly listeners: RightsListener[] = [];

  onChanged(listener: RightsListener): void {
    this.listeners.push(listener);
  }

  /** @returns once every listener is done */
  async changed(agentId: string, rights: Promise<Rights | null>): Promise<void> {
    await Promise.all(this.listeners.map(async (listener) => listener(agentId, rights)));
  }
}
