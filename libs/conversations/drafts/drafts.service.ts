import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { DraftBody, DraftEvent, DraftSummary, DraftView, Mention } from '#libs/contracts/index.js';
import { Transactions, type Tx } from '#libs/platform/database/index.js';
import { Announcements } from '#libs/platform/realtime/index.js';
import { oneLine } from '../threads/preview.js';

export const DRAFTS = 'drafts';

export interface DraftRef {
  agentId: string;
  conversationId: string;
  version: number;
  desk: string | null;
}

interface DraftRow {
  conversation_id: string;
  text: string;
  note: string;
  mentions: Mention[];
  answering: number | null;
  version: string;
}

const columns = 'conversation_id, text, note, mentions, answering, version';
const LISTED = 500;

/** What agents have begun to write. Who may read the conversation is asked by whoever calls. */
@Injectable()
export class Drafts {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly announcements: Announcements,
  ) {}

  async of(agentId: string, conversationId: string): Promise<DraftView | null> {
    const [row] = await this.dataSource.query<DraftRow[]>(
      `select ${columns} from drafts where agent_id = $1 and conversation_id = $2`,
      [agentId, conversationId],
    );
    return row ? toView(row) : null;
  }

  async list(agentId: string): Promise<DraftSummary[]> {
    const rows = await this.dataSource.query<DraftRow[]>(
      `select ${columns} from drafts where agent_id = $1 order by conversation_id desc limit ${LISTED}`,
      [agentId],
    );
    return rows.map((row) => ({
      conversationId: row.conversation_id,
      kind: row.text === '' ? 'note' : 'reply',
      preview: oneLine(row.text || row.note),
      version: Number(row.version),
    }));
  }

  save(agentId: string, conversationId: string, body: DraftBody): Promise<void> {
    return this.transactions.run(async (tx) => {
      const mentions = body.note === undefined ? null : JSON.stringify(body.mentions ?? []);
      const [row] = await tx.query<DraftRow>(
        `insert into drafts as d (agent_id, conversation_id, text, note, mentions, answering)
         values ($1, $2, coalesce($3, ''), coalesce($4, ''), coalesce($5::jsonb, '[]'), $6)
         on conflict (agent_id, conversation_id) do update set text = coalesce($3, d.text), note = coalesce($4, d.note),
           mentions = coalesce($5::jsonb, d.mentions), answering = case when $7 then $6 else d.answering end,
           version = excluded.version, updated_at = now()
         returning ${columns}`,
        [
          agentId,
          conversationId,
          body.text ?? null,
          body.note ?? null,
          mentions,
          body.answering ?? null,
          body.answering !== undefined || body.text === '',
        ],
      );
      await this.changed(tx, agentId, row!, body.desk ?? null);
    });
  }

  /** Exactly these words are in the thread now. What was written after them stays. */
  async sent(tx: Tx, agentId: string, conversationId: string, kind: 'text' | 'note', words: string): Promise<void> {
    const emptied = kind === 'text' ? `text = '', answering = null` : `note = '', mentions = '[]'`;
    const [row] = await tx.prepared<DraftRow>(
      `drafts.sent.${kind}`,
      `with emptied as (
         update drafts set ${emptied}, version = nextval('draft_versions'), updated_at = now()
         where agent_id = $1 and conversation_id = $2 and ${kind} = $3 returning ${columns}
       ) select * from emptied`,
      [agentId, conversationId, words],
    );
    if (row) await this.changed(tx, agentId, row, null);
  }

  private async changed(tx: Tx, agentId: string, row: DraftRow, desk: string | null): Promise<void> {
    if (row.text === '' && row.note === '') {
      await tx.query('delete from drafts where agent_id = $1 and conversation_id = $2', [agentId, row.conversation_id]);
    }
    const ref: DraftRef = { agentId, conversationId: row.conversation_id, version: Number(row.version), desk };
    this.announcements.announce(tx, DRAFTS, ref, { ...toView(row), desk } satisfies DraftEvent);
  }
}

function toView(row: DraftRow): DraftView {
  const { conversation_id, text, note, mentions, answering, version } = row;
  return { conversationId: conversation_id, text, note, mentions, answering, version: Number(version) };
}
