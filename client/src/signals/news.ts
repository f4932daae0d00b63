import type { ConversationRow, NotificationView, SignalKind } from '#libs/contracts/index.js';
import { RowNews } from './row-news.js';

export type PieceOfNews =
  | { kind: Exclude<SignalKind, 'offer' | 'mention'>; row: ConversationRow }
  | { kind: 'mention'; notification: NotificationView };

/** What one agent should hear of, from the line to whoever tells it. Offers have a way of their own: they repeat until answered. */
export class News {
  private readonly listeners = new Set<(news: PieceOfNews) => void>();
  readonly rows: RowNews;

  constructor(doors: { me: () => string | null; inTeam: (queueId: string) => boolean }) {
    this.rows = new RowNews({
      ...doors,
      tell: (kind, row) => kind !== 'offer' && kind !== 'mention' && this.tell({ kind, row }),
      after: (milliseconds, work) => void setTimeout(work, milliseconds),
    });
  }

  mentioned(notification: NotificationView): void {
    this.tell({ kind: 'mention', notification });
  }

  listen(listener: (news: PieceOfNews) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private tell(news: PieceOfNews): void {
    for (const listener of this.listeners) listener(news);
  }
}
