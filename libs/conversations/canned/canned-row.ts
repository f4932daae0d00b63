import type { CannedResponse, CannedScope, TextContent } from '#libs/contracts/index.js';

/** A canned response as the database has it. */
export interface CannedRow {
  id: string;
  version: number;
  scope: CannedScope;
  owner_id: string;
  folder: string;
  name: string;
  reading: string;
  shortcut: string | null;
  content: TextContent;
  uses: number;
  updated_at: Date;
}

export const cannedColumnsSql =
  'r.id, r.version, r.scope, r.owner_id, r.folder, r.name, r.reading, r.shortcut, r.content, r.uses, r.updated_at';

/** Those on the shelves of $1 (scopes) and $2 (owners): each shelf is looked up in the index of its own. */
export const onShelves = `
  from unnest($1::text[], $2::bigint[]) as shelf(scope, owner_id)
    join canned_responses r on r.owner_id = shelf.owner_id and r.scope = shelf.scope`;

export function toCannedResponse(row: CannedRow): CannedResponse {
  return {
    id: row.id,
    version: row.version,
    scope: row.scope,
    ownerId: row.scope === 'personal' ? null : row.owner_id,
    folder: row.folder,
    name: row.name,
    reading: row.reading,
    shortcut: row.shortcut,
    content: row.content,
    uses: row.uses,
    updatedAt: row.updated_at.toISOString(),
  };
}
