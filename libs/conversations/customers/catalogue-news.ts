import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Tx } from '#libs/platform/database/index.js';
import { Announcements, Sockets } from '#libs/platform/realtime/index.js';

const TOPIC = 'customer-catalogue';

/** Tells the screens of an account that its labels, attributes or rules are others now: they ask again. */
@Injectable()
export class CatalogueNews implements OnModuleInit {
  constructor(
    private readonly announcements: Announcements,
    private readonly sockets: Sockets,
  ) {}

  onModuleInit(): void {
    this.announcements.on(TOPIC, (refs) => {
      for (const accountId of new Set(refs as string[])) {
        // Whoever works for the account sits in one of these.
        const rooms = ['everything', `account:${accountId}`, `unassigned:${accountId}`];
        this.sockets.to(rooms).emit('catalogue:changed', { accountId });
      }
    });
  }

  changed(tx: Tx, accountId: string): void {
    this.announcements.announce(tx, TOPIC, accountId);
  }
}
