import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { errorCodes, type FlowDocument, type FlowVersion, type FlowView } from '#libs/contracts/index.js';
import { Transactions } from '#libs/platform/database/index.js';
import { ShortMemory } from '#libs/platform/memory/index.js';
import { conflict, invalid, notFound } from '#libs/platform/telemetry/index.js';
import { checkedFlow } from './flow-shape.js';

interface Row {
  version: number;
  document: FlowDocument;
  by: string | null;
  created_at: Date;
}

const MINUTE_MS = 60_000;
/** What the column holds. */
const MOST_VERSIONS = 2_147_483_647;

/** Guided flows by their bot. A version is never changed: whoever began with one ends with it. */
@Injectable()
export class Flows {
  /** Versions stay as they are, so they may be remembered. */
  private readonly documents = new ShortMemory<FlowDocument | null>(5 * MINUTE_MS, 500);

  constructor(
    private readonly database: DataSource,
    private readonly transactions: Transactions,
  ) {}

  /** Null before the first one was saved. */
  async latest(botId: string): Promise<FlowView | null> {
    const [row] = await this.rows(botId, null);
    return row ? toView(botId, row) : null;
  }

  async one(botId: string, version: number): Promise<FlowView> {
    const view = await this.known(botId, version);
    if (!view) throw notFound('This version of the flow');
    return view;
  }

  async known(botId: string, version: number): Promise<FlowView | null> {
    const [row] = version <= MOST_VERSIONS ? await this.rows(botId, version) : [];
    return row ? toView(botId, row) : null;
  }

  /** For whoever plays it. */
  document(botId: string, version: number): Promise<FlowDocument | null> {
    return this.documents.get(
      `${botId} ${version}`,
      async () => (await this.rows(botId, version))[0]?.document ?? null,
    );
  }

  async versions(botId: string): Promise<FlowVersion[]> {
    const rows = await this.database.query<{ version: number; steps: number; by: string | null; created_at: Date }[]>(
      `select v.version, jsonb_array_length(v.document -> 'steps') as steps, a.name as by, v.created_at
       from flow_versions v left join agents a on a.id = v.agent_id
       where v.bot_id = $1 order by v.version desc limit 100`,
      [botId],
    );
    return rows.map(({ created_at, ...row }) => ({ ...row, at: created_at.toISOString() }));
  }

  /** @param read the version that was changed; 0 where there was none */
  async save(botId: string, agentId: string, given: unknown, read: number): Promise<FlowView> {
    const document = checkedFlow(given);
    const version = await this.transactions.run(async (tx) => {
      const [bot] = await tx.query<{ kind: string }>(
        'select kind from bots where id = $1 and deleted_at is null for update',
        [botId],
      );
      if (!bot) throw notFound('The bot');
      if (bot.kind !== 'flow') throw invalid([{ field: 'id', rule: 'kind', message: 'This bot is no guided flow.' }]);
      if (document.end.do === 'handOff' && document.end.queueId !== null) {
        const [queue] = await tx.query('select from queues where id = $1', [document.end.queueId]);
        if (!queue)
          throw invalid([{ field: 'document.end.queueId', rule: 'exists', message: 'There is no such queue.' }]);
      }
      const [{ last }] = (await tx.query<{ last: number }>(
        'select coalesce(max(version), 0) as last from flow_versions where bot_id = $1',
        [botId],
      )) as [{ last: number }];
      if (last !== read)
        throw conflict(errorCodes.conflict, `Version ${last} was saved meanwhile; this was made of ${read}.`);
      await tx.query('insert into flow_versions (bot_id, version, document, agent_id) values ($1, $2, $3, $4)', [
        botId,
        last + 1,
        JSON.stringify(document),
        agentId,
      ]);
      return last + 1;
    });
    return this.one(botId, version);
  }

  private rows(botId: string, version: number | null): Promise<Row[]> {
    return this.database.query<Row[]>(
      `select v.version, v.document, a.name as by, v.created_at from flow_versions v left join agents a on a.id = v.agent_id
       where v.bot_id = $1 and ($2::integer is null or v.version = $2) order by v.version desc limit 1`,
      [botId, version],
    );
  }
}

function toView(botId: string, { created_at, ...row }: Row): FlowView {
  return { botId, ...row, at: created_at.toISOString() };
}
