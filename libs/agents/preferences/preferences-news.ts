import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import type { AgentPreferences } from '#libs/contracts/index.js';
import { Announcements, Sockets } from '#libs/platform/realtime/index.js';
import { PREFERENCES, PreferencesBook, type PreferencesRef } from './preferences-book.js';

/** `preferences:changed`: to all desks of the person whose they are. */
@Injectable()
export class PreferencesNews implements OnModuleInit {
  constructor(
    private readonly announcements: Announcements,
    private readonly sockets: Sockets,
    private readonly book: PreferencesBook,
  ) {}

  onModuleInit(): void {
    this.announcements.on(PREFERENCES, async (refs, origin, memory) => {
      for (const [index, { agentId }] of (refs as PreferencesRef[]).entries()) {
        const desks = [...this.sockets.local()].filter((socket) => socket.data.person.agentId === agentId);
        if (desks.length === 0) continue;
        const chosen = origin === 'here' ? (memory[index] as AgentPreferences) : await this.book.of(agentId);
        for (const desk of desks) desk.emit('preferences:changed', chosen);
      }
    });
  }
}
