import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Permission } from '#libs/contracts/index.js';
import type { SignedIn } from '#libs/platform/access/index.js';
import { permissionsOf } from './permissions.js';

/** Who somebody is and what this person may, without a session. */
export interface Rights {
  agent: SignedIn['agent'];
  /** Every account this person works in; with visibility `all`, every account there is. */
  accountIds: string[];
  permissions: ReadonlySet<Permission>;
}

/** What `toRights` needs, of `agents a`. */
export const rightsColumns = `
  a.id as agent_id, a.name, a.email, a.role, a.visibility, a.locale,
  case when a.visibility = 'all' then array(select account.id::text from accounts account order by account.id)
    else array(select works.account_id::text from agent_accounts works where works.agent_id = a.id order by works.account_id)
  end as account_ids`;

export type RightsRow = Omit<SignedIn['agent'], 'id'> & { agent_id: string; account_ids: string[] };

export function toRights(row: RightsRow): Rights {
  const { agent_id: id, name, email, role, visibility, locale } = row;
  return {
    agent: { id, name, email, role, visibility, locale },
    accountIds: row.account_ids,
    permissions: permissionsOf[role],
  };
}

@Injectable()
export class RightsReader {
  constructor(private readonly database: DataSource) {}

  /** Of those who are active; who is missing in the answer has no rights at all. */
  async of(agentIds: readonly string[]): Promise<Map<string, Rights>> {
    const rows = await this.database.query<RightsRow[]>(
      `select ${rightsColumns} from agents a where a.id = any($1::bigint[]) and a.active`,
      [agentIds],
    );
    return new Map(rows.map((row) => [row.agent_id, toRights(row)]));
  }
}
