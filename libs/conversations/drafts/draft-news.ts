import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { DraftEvent } from '#libs/contracts/index.js';
import { Announcements, Sockets } from '#libs/platform/realtime/index.js';
import { DRAFTS, Drafts, type DraftRef } from './drafts.service.js';

/** Tells a person's own screens, and nobody else, what she has written on another of them. */
@Injectable()
export class DraftNews implements OnModuleInit {
  constructor(
    private readonly announcements: Announcements,
    private readonly sockets: Sockets,
    private readonly drafts: Drafts,
  ) {}

  onModuleInit(): void {
    this.announcements.on(DRAFTS, async (refs, origin, memory) => {
      for (const [index, ref] of (refs as DraftRef[]).entries()) {
        const screens = [...this.sockets.local()].filter((socket) => socket.data.person.agentId === ref.agentId);
        if (screens.length === 0) continue;
        const event = origin === 'here' ? (memory[index] as DraftEvent) : await this.read(ref);
        for (const screen of screens) screen.emit('draft:changed', event);
      }
    });
  }

  /** Gone by now: it was emptied, by this change or by a later one. */
  private async read({ agentId, conversationId, version, desk }: DraftRef): Promise<DraftEvent> {
    const draft = await this.drafts.of(agentId, conversationId);
    const empty = { conversationId, text: '', note: '', mentions: [], answering: null, version };
    return { ...(draft ?? empty), desk: draft && draft.version > version ? null : desk };
  }
}
