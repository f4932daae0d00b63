import { Injectable } from '@nestjs/common';
import { Announcements } from '#libs/platform/realtime/index.js';
import { CONVERSATIONS, type Ref } from '../conversation-news.js';

/** Conversations that somebody else has now, or nobody; on every node, after commit. */
@Injectable()
export class HandsNews {
  constructor(private readonly announcements: Announcements) {}

  onChanged(handler: (conversationIds: string[]) => void): void {
    this.announcements.on(CONVERSATIONS, (refs) => {
      const moved = (refs as Ref[]).filter(({ was }) => was !== undefined).map(({ id }) => id);
      if (moved.length > 0) handler(moved);
    });
  }
}
