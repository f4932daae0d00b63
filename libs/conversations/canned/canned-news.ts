import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { CannedScope } from '#libs/contracts/index.js';
import type { Tx } from '#libs/platform/database/index.js';
import { Announcements, Sockets } from '#libs/platform/realtime/index.js';
import { askerOf } from '../conversation-news.js';

interface Ref {
  scope: CannedScope;
  owner: string;
}

const TOPIC = 'canned';

/** Tells whoever may use it that a shelf changed. What stands there is asked for by those who look at it. */
@Injectable()
export class CannedNews implements OnModuleInit {
  constructor(
    private readonly announcements: Announcements,
    private readonly sockets: Sockets,
  ) {}

  onModuleInit(): void {
    this.announcements.on(TOPIC, (refs) => this.tell(refs as Ref[]));
  }

  announce(tx: Tx, rows: readonly { scope: CannedScope; owner_id: string }[]): void {
    const shelves = new Map(rows.map(({ scope, owner_id }) => [`${scope}:${owner_id}`, { scope, owner: owner_id }]));
    for (const ref of shelves.values()) this.announcements.announce(tx, TOPIC, ref satisfies Ref, null);
  }

  private tell(refs: readonly Ref[]): void {
    for (const socket of this.sockets.local()) {
      const { agentId } = socket.data.person;
      const accounts = askerOf(socket)?.accountIds ?? [];
      const hers = refs.some(({ scope, owner }) => {
        if (scope === 'personal') return owner === agentId;
        // Who may use a queue's is decided where they are read.
        return scope === 'queue' || accounts.includes(owner);
      });
      if (hers) socket.emit('canned:changed', { what: 'responses' });
    }
  }
}
