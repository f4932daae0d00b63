import type { Tx } from '#libs/platform/database/index.js';

/**
 * Who has new contacts of each account: the first in its order that is switched on. Kept beside the order, because the
 * inbox asks for it with every new contact, and is to find it with one look.
 */
export async function keepFirstBots(tx: Tx): Promise<void> {
  await tx.query('lock table account_first_bots in share row exclusive mode');
  await tx.query(
    `with firsts as (
       select distinct on (a.account_id) a.account_id, a.bot_id from account_bots a join bots b on b.id = a.bot_id
       where b.enabled and b.deleted_at is null order by a.account_id, a.place
     ), gone as (
       delete from account_first_bots f where not exists (select from firsts where account_id = f.account_id)
     )
     insert into account_first_bots (account_id, bot_id) select account_id, bot_id from firsts
     on conflict (account_id) do update set bot_id = excluded.bot_id
       where account_first_bots.bot_id is distinct from excluded.bot_id`,
  );
}
