import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { ReleaseBody, ReleaseResult } from '#libs/contracts/index.js';
import { Conversations, type Author } from '#libs/conversations/index.js';
import { AppError } from '#libs/platform/telemetry/index.js';
import { Transfers } from './transfers.js';

/**
 * Somebody goes and does not keep what she holds. Each contact goes its own way, in a transaction of its own: one that
 * cannot go stays hers and says why, and keeps none of the others.
 */
@Injectable()
export class Releases {
  constructor(
    private readonly dataSource: DataSource,
    private readonly conversations: Conversations,
    private readonly transfers: Transfers,
  ) {}

  async release(author: Author, body: ReleaseBody): Promise<ReleaseResult> {
    const result: ReleaseResult = { returned: [], asked: [], kept: [] };
    for (const id of await this.heldBy(author.agentId)) {
      try {
        if (body.to === 'queue') {
          await this.conversations.assign(author, id, null);
          result.returned.push(id);
        } else {
          await this.transfers.begin(author, id, { agentId: body.agentId });
          result.asked.push(id);
        }
      } catch (fault) {
        // Whoever was named wrongly is wrong for every one of them.
        if (!(fault instanceof AppError) || fault.status === 400) throw fault;
        result.kept.push({ conversationId: id, code: fault.code });
      }
    }
    return result;
  }

  /** In her hand, and nobody else being asked for it; whoever waits for an answer longest comes first. */
  private async heldBy(agentId: string): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      `select c.id from contacts t join conversations c on c.contact_id = t.id
       where t.assignee_id = $1 and t.state in ('active', 'held') and t.offered_to is null
       order by c.waiting_since nulls last, c.id`,
      [agentId],
    );
    return rows.map(({ id }) => id);
  }
}
