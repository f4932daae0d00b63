import { Injectable } from '@nestjs/common';
import type { Role } from '#libs/contracts/index.js';
import { Transactions, type Tx } from '#libs/platform/database/index.js';
import { permissionsOf } from './permissions.js';

interface Row {
  id: string;
  role: Role;
  account_ids: string[];
}

/** Who may answer customers where. */
@Injectable()
export class Answerers {
  constructor(private readonly transactions: Transactions) {}

  /** Accounts in which each of them may reply, read now and in one query; who is missing may nowhere. */
  async accountsOf(agentIds: readonly string[], tx?: Tx): Promise<Map<string, ReadonlySet<string>>> {
    const rows = await (tx ?? this.transactions).prepared<Row>(
      'agents.answerers',
      `select a.id, a.role, case when a.visibility = 'all' then array(select id::text from accounts)
         else array(select w.account_id::text from agent_accounts w where w.agent_id = a.id) end as account_ids
       from agents a where a.id = any($1::bigint[]) and a.active`,
      [agentIds],
    );
    return new Map(
      rows
        .filter(({ role }) => permissionsOf[role].has('conversation.reply'))
        .map(({ id, account_ids }) => [id, new Set(account_ids)]),
    );
  }
}
