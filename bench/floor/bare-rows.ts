import pg from 'pg';

export interface WebhookBody {
  RCSMessage: { msgId: string; textMessage: string; timestamp: string };
  messageContact: { userContact: string };
}

/** The same rows into the same table with the same indexes, and nothing else: nobody is looked up, no place is given. */
export class BareRows {
  /** Far above any place in a thread, so that no two rows meet. */
  private place = 1_000_000_000;

  constructor(private readonly pool: pg.Pool) {}

  async insert(bodies: WebhookBody[], connectionId: string): Promise<void> {
    const places = bodies.map(() => (this.place += 1));
    await this.pool.query({
      name: 'bare-rows',
      text: `insert into messages (conversation_id, contact_id, seq, change, kind, author_kind, content, connection_id,
               carrier_message_id, channel_sent_at, received_at)
             select id, id, seq, seq, 'message', 'customer', content::jsonb, $4, carrier_id, sent_at, now()
             from unnest($1::bigint[], $2::int[], $3::text[], $5::text[], $6::timestamptz[])
               as t(id, seq, content, carrier_id, sent_at)`,
      values: [
        bodies.map(({ messageContact }) => String(Number(messageContact.userContact.slice(-8)))),
        places,
        bodies.map(({ RCSMessage }) => JSON.stringify({ type: 'text', text: RCSMessage.textMessage })),
        connectionId,
        bodies.map(({ RCSMessage }) => RCSMessage.msgId),
        bodies.map(({ RCSMessage }) => RCSMessage.timestamp),
      ],
    });
  }
}
