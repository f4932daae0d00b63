import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Agents } from '#libs/agents/index.js';
import { Announcements, Sockets } from '#libs/platform/realtime/index.js';
import { authorOf } from '../author.js';
import { NOTIFICATIONS, Notifications, type NotificationRef } from './notifications.service.js';

/** Tells a person's own screens that she was named, or has read it on one of them. */
@Injectable()
export class NotificationNews implements OnModuleInit {
  constructor(
    private readonly announcements: Announcements,
    private readonly sockets: Sockets,
    private readonly agents: Agents,
    private readonly notifications: Notifications,
  ) {}

  onModuleInit(): void {
    this.announcements.on(NOTIFICATIONS, async (refs) => {
      for (const { agentId, id } of refs as NotificationRef[]) await this.tell(agentId, id);
    });
  }

  private async tell(agentId: string, id: string | undefined): Promise<void> {
    const screens = [...this.sockets.local()].filter((socket) => socket.data.person.agentId === agentId);
    const rights = screens.length === 0 ? null : await this.agents.rightsOf(agentId);
    if (rights === null) return;
    const asker = authorOf(rights);
    const made = id === undefined ? null : await this.notifications.one(asker, id);
    // Hers no longer: the conversation moved on between the note and now.
    if (id !== undefined && made === null) return;
    const unread = await this.notifications.unread(asker);
    for (const screen of screens) screen.emit('notification:changed', { made, unread });
  }
}
