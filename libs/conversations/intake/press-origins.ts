import { Injectable } from '@nestjs/common';
import type { InboundMessage } from '#libs/carrier/index.js';
import type { PressContent } from '#libs/contracts/index.js';
import type { Tx } from '#libs/platform/database/index.js';
import { addressKey } from '../customers/address-key.js';

/** Chips older than so many places are taken for nobody's. */
const PLACES = 200;

/**
 * Which message offered what a customer pressed. The wire says only the words and the payload, so it is the newest message of
 * ours that had such a chip; where two had the same, the older one cannot be told from it.
 */
@Injectable()
export class PressOrigins {
  /** Asks only where there is a press among them; what is found stands in the content from then on. */
  async find(tx: Tx, events: InboundMessage[]): Promise<void> {
    const presses = events.filter(({ content }) => content.type === 'press' && content.press !== 'start');
    if (presses.length === 0) return;
    const contents = presses.map(({ content }) => content as PressContent);
    const rows = await tx.prepared<{ ord: number; seq: number }>('inbox.presses', originsSql, [
      presses.map(({ accountId }) => accountId),
      presses.map(({ connectionId, address }) => addressKey(connectionId, address)),
      contents.map(({ label, payload }) => JSON.stringify([{ label, payload }])),
    ]);
    for (const { ord, seq } of rows) {
      const event = presses[ord - 1]!;
      event.content = { ...contents[ord - 1]!, of: seq };
    }
  }
}

const originsSql = `
  select i.ord::int, m.seq from unnest($1::bigint[], $2::text[], $3::text[]) with ordinality as i(account_id, address, chip, ord)
    join customers p on p.address = i.address
    join conversations c on c.customer_id = p.id and c.account_id = i.account_id,
    lateral (select m.seq from messages m
      where m.conversation_id = c.id and m.seq > c.last_seq - ${PLACES} and m.author_kind <> 'customer'
        and m.content->'suggestions' @> i.chip::jsonb
      order by m.seq desc limit 1) m`;
