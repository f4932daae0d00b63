import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import {
  maskedContent,
  type MessageContent,
  type NotificationPage,
  type NotificationView,
} from '#libs/contracts/index.js';
import { Transactions, type Tx } from '#libs/platform/database/index.js';
import { Announcements } from '#libs/platform/realtime/index.js';
import { mayReadSql, type Asker } from '../conversation-access.js';
import { preview } from '../threads/preview.js';

export const NOTIFICATIONS = 'notifications';

/** `id`: made; left out: some were read. */
export interface NotificationRef {
  agentId: string;
  id?: string;
}

interface NotificationRow {
  id: string;
  conversation_id: string;
  message_id: string;
  seq: number;
  content: MessageContent;
  by_agent_id: string;
  by_name: string;
  customer_name: string | null;
  created_at: Date;
  read_at: Date | null;
}

const COUNTED = 100;

/** Who was named in a note. Told and shown only as long as she may read the conversation. */
@Injectable()
export class Notifications {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly announcements: Announcements,
  ) {}

  /** Each once, however often the note names her; nobody is told of her own words. */
  async mention(
    tx: Tx,
    note: { id: string; conversation_id: string },
    by: string,
    agentIds: readonly string[],
  ): Promise<void> {
    const others = [...new Set(agentIds)].filter((id) => id !== by);
    if (others.length === 0) return;
    const made = await tx.query<{ id: string; agent_id: string }>(
      `insert into notifications (agent_id, kind, conversation_id, message_id, by_agent_id)
       select named, 'mention', $2, $3, $4 from unnest($1::bigint[]) named returning id, agent_id`,
      [others, note.conversation_id, note.id, by],
    );
    for (const { id, agent_id } of made) {
      this.announcements.announce(tx, NOTIFICATIONS, { agentId: agent_id, id } satisfies NotificationRef);
    }
  }

  async page(asker: Asker, before: string | null, limit: number): Promise<NotificationPage> {
    const [rows, unread] = await Promise.all([
      this.rows(asker, 'and ($5::bigint is null or n.id < $5)', [before], limit + 1),
      this.unread(asker),
    ]);
    return { notifications: rows.slice(0, limit), hasMore: rows.length > limit, unread };
  }

  async one(asker: Asker, id: string): Promise<NotificationView | null> {
    return (await this.rows(asker, 'and n.id = $5', [id], 1))[0] ?? null;
  }

  async unread(asker: Asker): Promise<number> {
    const access = mayReadSql(asker, 2);
    const [row] = await this.dataSource.query<{ count: number }[]>(
      `select count(*)::int as count from (
         select from notifications n join conversations c on c.id = n.conversation_id
         where n.agent_id = $1 and n.read_at is null and ${access.sql} limit ${COUNTED}) counted`,
      [asker.agentId, ...access.params],
    );
    return row!.count;
  }

  read(agentId: string, ids: readonly string[], upTo: string | null): Promise<void> {
    return this.transactions.run(async (tx) => {
      const read = await tx.query(
        `update notifications set read_at = now()
         where agent_id = $1 and read_at is null and (id = any($2::bigint[]) or id <= $3::bigint) returning id`,
        [agentId, ids, upTo],
      );
      if (read.length > 0) this.announcements.announce(tx, NOTIFICATIONS, { agentId } satisfies NotificationRef);
    });
  }

  private async rows(asker: Asker, where: string, params: unknown[], limit: number): Promise<NotificationView[]> {
    const access = mayReadSql(asker, 2);
    const rows = await this.dataSource.query<NotificationRow[]>(
      `select n.id, n.conversation_id, n.message_id, m.seq, m.content, n.by_agent_id, a.name as by_name,
         p.name as customer_name, n.created_at, n.read_at
       from notifications n join conversations c on c.id = n.conversation_id join messages m on m.id = n.message_id
         join customers p on p.id = c.customer_id join agents a on a.id = n.by_agent_id
       where n.agent_id = $1 and ${access.sql} ${where} order by n.id desc limit ${limit}`,
      [asker.agentId, ...access.params, ...params],
    );
    return rows.map(toView);
  }
}

function toView(row: NotificationRow): NotificationView {
  return {
    id: row.id,
    kind: 'mention',
    conversationId: row.conversation_id,
    messageId: row.message_id,
    seq: row.seq,
    by: { id: row.by_agent_id, name: row.by_name },
    customerName: row.customer_name,
    preview: preview(maskedContent(row.content) ?? row.content),
    at: row.created_at.toISOString(),
    readAt: row.read_at?.toISOString() ?? null,
  };
}
