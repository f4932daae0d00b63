import type { QueryClient } from '@tanstack/react-query';
import type { NotificationEvent, NotificationPage, NotificationView } from '#libs/contracts/index.js';
import { notificationsQuery } from './queries.js';

const { queryKey } = notificationsQuery();

/** Who was named where, in the query cache. */
export class LiveNotifications {
  constructor(
    private readonly client: QueryClient,
    private readonly tell: (made: NotificationView) => void,
  ) {}

  hear(event: NotificationEvent): void {
    if (event.made === null) return this.catchUp();
    const { made } = event;
    this.client.setQueryData<NotificationPage>(queryKey, (page) => page && withMade(page, made, event.unread));
    this.tell(made);
  }

  /** Shown as read at once; the answer, or the news of it, puts it right. */
  read(ids: readonly string[]): void {
    this.client.setQueryData<NotificationPage>(
      queryKey,
      (page) => page && withRead(page, ids, new Date().toISOString()),
    );
  }

  catchUp(): void {
    void this.client.invalidateQueries({ queryKey });
  }
}

export function withMade(page: NotificationPage, made: NotificationView, unread: number): NotificationPage {
  const others = page.notifications.filter(({ id }) => id !== made.id);
  return { ...page, notifications: [made, ...others], unread };
}

export function withRead(page: NotificationPage, ids: readonly string[], at: string): NotificationPage {
  const read = page.notifications.filter(({ id, readAt }) => readAt === null && ids.includes(id));
  if (read.length === 0) return page;
  return {
    ...page,
    unread: Math.max(0, page.unread - read.length),
    notifications: page.notifications.map((each) => (read.includes(each) ? { ...each, readAt: at } : each)),
  };
}
