import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AgentDesk } from '../support/agent-desk.js';
import { Carrier } from '../support/carrier.js';
import { eventually } from '../support/eventually.js';
import { World, type OfficialAccount } from '../support/world.js';

let world: World;
let account: OfficialAccount;
let aoi: AgentDesk;
let carrier: Carrier;

beforeAll(async () => {
  world = await World.open();
  account = await world.account();
  aoi = await world.agent(account, { role: 'supervisor' });
  carrier = new Carrier(world.first.url, account);
});

afterAll(() => world?.close());

const phone = () => `+8180${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}`;

describe('one message each', () => {
  it('the same webhook five times at once', async () => {
    const [from, msgId] = [phone(), randomUUID()];
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => carrier.tells(carrier.message(from, '一度だけ書きました', msgId))),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    const { id, lastSeq, unread } = await aoi.conversationWith({ phone: from });
    expect({ lastSeq, unread }).toEqual({ lastSeq: 1, unread: 1 });
    await carrier.tells(carrier.message(from, '一度だけ書きました', msgId));
    expect(await aoi.messages(id)).toHaveLength(1);
  });

  it('two nodes told the same at the same time', async () => {
    const second = await world.node();
    const there = new Carrier(second.url, account);
    const from = phone();
    const told = Array.from({ length: 30 }, (_, index) => carrier.message(from, `${index}`, randomUUID()));
    await Promise.all(told.flatMap((event) => [carrier.tells(event), there.tells(event)]));
    const { id, lastSeq } = await aoi.conversationWith({ phone: from });
    expect(lastSeq).toBe(30);
    const messages = await aoi.messages(id);
    expect(messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
    expect(new Set(messages.map(({ content }) => JSON.stringify(content))).size).toBe(30);
    await world.leave(second);
  });

  it('many new customers on two nodes at once, in both orders: no deadlock, nobody twice', async () => {
    const second = await world.node();
    const there = new Carrier(second.url, account);
    const phones = Array.from({ length: 60 }, phone);
    const answers = await Promise.all([
      ...phones.map((from) => carrier.tells(carrier.message(from, 'a', randomUUID()))),
      ...[...phones].reverse().map((from) => there.tells(there.message(from, 'b', randomUUID()))),
    ]);
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    const rows = (
      await aoi.get<{ rows: { customer: { phone: string }; lastSeq: number }[] }>('/api/conversations?limit=200')
    ).rows;
    const mine = rows.filter((row) => phones.includes(row.customer.phone));
    expect(mine.map(({ lastSeq }) => lastSeq)).toEqual(Array.from({ length: 60 }, () => 2));
    await world.leave(second);
  });

  it('one message that cannot be stored does not fail those beside it: it is kept, and not asked for again', async () => {
    const [good, other] = [phone(), phone()];
    // What nobody foresaw: rows that the database refuses.
    await world.query(`
      create function refuse() returns trigger language plpgsql as $$ begin
        if new.content->>'text' = '毒' then raise exception 'refused' using errcode = '22023'; end if; return new;
      end $$`);
    await world.query('create trigger refuse before insert on messages for each row execute function refuse()');
    const poisoned = carrier.message(phone(), '毒', randomUUID());
    const answers = await Promise.all([
      carrier.tells(carrier.message(good, '前', randomUUID())),
      carrier.tells(poisoned),
      carrier.tells(carrier.message(other, '後', randomUUID())),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    await aoi.conversationWith({ phone: good });
    await aoi.conversationWith({ phone: other });
    const kept = await world.query<{ reason: string; body: string }>('select reason, body from carrier_events_kept');
    expect(kept).toEqual([{ reason: 'message cannot be stored', body: JSON.stringify(poisoned) }]);
  });
});

describe('reports of the carrier', () => {
  const sent = async (text: string) => {
    const hana = await world.customer(account, { receipts: false });
    await hana.writes('お願いします');
    const { id } = await aoi.conversationWith(hana);
    await hana.changesHandset({ offline: true });
    const { body } = await aoi.posts(id, text);
    const message = await eventually(
      async () => (await aoi.messages(id)).find((m) => m.id === body.id && m.delivery?.state === 'sent'),
      'the message to be sent',
    );
    const [shown] = await eventually(async () => {
      const ledger = await world.carrier<{ bot: { msgId: string; msisdn: string }[] }>(
        'GET',
        `/ledger?botId=${encodeURIComponent(account.botId)}`,
      );
      const mine = ledger.bot.filter(({ msisdn }) => msisdn === hana.phone);
      return mine.length > 0 && mine;
    }, 'the message at the carrier');
    return { hana, id, message, msgId: shown!.msgId };
  };
  const stateOf = async (id: string, messageId: string) =>
    (await aoi.messages(id)).find((m) => m.id === messageId)?.delivery;

  it('displayed before delivered, then twice: the state only climbs', async () => {
    const screen = await aoi.screen();
    const { hana, id, message, msgId } = await sent('順番が逆でも');
    await screen.watch(id);
    await carrier.tells(carrier.report(hana.phone, msgId, 'displayed'));
    expect((await stateOf(id, message.id))?.state).toBe('read');
    for (const late of ['delivered', 'displayed', 'sent', 'failed', 'cancelled', 'pending']) {
      expect((await carrier.tells(carrier.report(hana.phone, msgId, late))).status).toBe(200);
    }
    const after = await stateOf(id, message.id);
    expect(after).toMatchObject({ state: 'read', receipt: 'read', reason: null });
    expect(after!.deliveredAt).not.toBeNull();
    await screen.agrees();
  });

  it('a failure is shown with its reason, and a delivery after it wins', async () => {
    const { hana, id, message, msgId } = await sent('失敗のあとで');
    await carrier.tells(carrier.report(hana.phone, msgId, 'failed', 'memory full'));
    expect(await stateOf(id, message.id)).toMatchObject({
      state: 'failed',
      reason: 'carrier_error',
      detail: 'memory full',
    });
    await carrier.tells(carrier.report(hana.phone, msgId, 'delivered'));
    expect(await stateOf(id, message.id)).toMatchObject({ state: 'delivered', reason: null });
  });

  it('for an id nobody knows: kept, and answered 200', async () => {
    const answer = await carrier.tells(carrier.report(phone(), randomUUID(), 'delivered'));
    expect(answer.status).toBe(200);
  });

  it('before the answer to the send itself: nothing is lost', async () => {
    await world.carrier('PUT', '/faults', { reportBeforeAnswer: true });
    const hana = await world.customer(account);
    await hana.writes('早すぎる報告');
    const { id } = await aoi.conversationWith(hana);
    const { body } = await aoi.posts(id, '先に届きました');
    await hana.received(1);
    await eventually(async () => (await stateOf(id, body.id))?.state === 'delivered', 'the early report to count');
    await hana.reads();
    await eventually(async () => (await stateOf(id, body.id))?.state === 'read', 'the read report');
    await world.carrier('PUT', '/faults', {});
  });
});

describe('a carrier that misbehaves', () => {
  it('429 and 500, then fine: sent in order, once the carrier takes it', async () => {
    const hana = await world.customer(account);
    await hana.writes('順番どおりに');
    const { id } = await aoi.conversationWith(hana);
    await world.carrier('PUT', '/faults', { status429: 1, status500: 1 });
    for (const text of ['一', '二', '三']) await aoi.posts(id, text);
    const shown = await hana.received(3);
    expect(shown.map(({ content }) => content.text)).toEqual(['一', '二', '三']);
    await world.carrier('PUT', '/faults', {});
    // "Too fast" is no try that may have gone out.
    const delivered = await eventually(async () => {
      const messages = (await aoi.messages(id)).filter(({ delivery }) => delivery?.state === 'delivered');
      return messages.length === 3 && messages;
    }, 'all three delivered');
    for (const { delivery } of delivered) expect(delivery!.sentAt! <= delivery!.deliveredAt!).toBe(true);
  });

  it('a lost answer is not repeated by machine: it is shown as unknown until a person decides', async () => {
    const hana = await world.customer(account);
    await hana.writes('届いたかな');
    const { id } = await aoi.conversationWith(hana);
    await hana.changesHandset({ offline: true });
    await world.carrier('PUT', '/faults', { loseAnswer: 1 });
    const { body } = await aoi.posts(id, 'この返事は失われます');
    const lost = await eventually(async () => {
      const message = (await aoi.messages(id)).find((m) => m.id === body.id);
      return message?.delivery?.state === 'unknown' && message.delivery;
    }, 'the unknown state');
    expect(lost).toMatchObject({ reason: 'answer_lost' });
    await world.carrier('PUT', '/faults', {});
    const again = await aoi.send<{ delivery: { state: string } }>(
      'POST',
      `/api/conversations/${id}/messages/${body.id}/retry`,
    );
    expect(again.status).toBe(200);
    const sent = await eventually(async () => {
      const message = (await aoi.messages(id)).find((m) => m.id === body.id);
      return message?.delivery?.state === 'sent' && message.delivery;
    }, 'the second try');
    expect(sent.maybeTwice).toBe(true);
  });

  it('a line without +Message: failed, with the reason, and the next message is not held back for ever', async () => {
    const none = await world.customer(account, { plusMessage: true });
    await none.writes('機種変更します');
    const { id } = await aoi.conversationWith(none);
    await none.changesHandset({ plusMessage: false });
    const { body } = await aoi.posts(id, '届きません');
    const failed = await eventually(async () => {
      const message = (await aoi.messages(id)).find((m) => m.id === body.id);
      return message?.delivery?.state === 'failed' && message.delivery;
    }, 'the failure');
    expect(failed.reason).toBe('not_reachable');
    await none.changesHandset({ plusMessage: true });
    await aoi.posts(id, '今度は届きます');
    const shown = await none.received(1);
    expect(shown[0]!.content.text).toBe('今度は届きます');
    expect((await aoi.send('POST', `/api/conversations/${id}/messages/${body.id}/retry`)).status).toBe(200);
    await none.received(2);
  });

  it('taken back while it is on its way: either it is gone, or it is refused; never both', async () => {
    const hana = await world.customer(account);
    await hana.writes('競争');
    const { id } = await aoi.conversationWith(hana);
    for (let round = 0; round < 15; round += 1) {
      const { body } = await aoi.posts(id, `${round}`);
      const back = await aoi.send<{ delivery: { state: string } }>(
        'POST',
        `/api/conversations/${id}/messages/${body.id}/revoke`,
      );
      if (back.status === 200 && back.body.delivery.state === 'cancelled') {
        expect((await hana.sees()).some(({ content }) => content.text === `${round}`)).toBe(false);
      }
    }
    await aoi.posts(id, 'end');
    await eventually(async () => (await hana.sees()).some(({ content }) => content.text === 'end'), 'the last one');
    const gone = (await aoi.messages(id)).filter(
      ({ delivery }) => delivery?.state === 'cancelled' && delivery.sentAt === null,
    );
    const shown = (await hana.sees()).map(({ content }) => content.text);
    for (const { content } of gone) expect(shown).not.toContain((content as { text: string }).text);
  });

  it('taken back before it is delivered, the customer never sees it', async () => {
    const away = await world.customer(account);
    await away.writes('電源を切ります');
    const { id } = await aoi.conversationWith(away);
    await away.changesHandset({ offline: true });
    const { body } = await aoi.posts(id, '間違えました');
    await eventually(
      async () => (await aoi.messages(id)).some((m) => m.id === body.id && m.delivery?.state === 'sent'),
      'sent',
    );
    expect((await aoi.send('POST', `/api/conversations/${id}/messages/${body.id}/revoke`)).status).toBe(200);
    await eventually(
      async () => (await aoi.messages(id)).some((m) => m.id === body.id && m.delivery?.state === 'cancelled'),
      'cancelled',
    );
    await away.changesHandset({ offline: false });
    await aoi.posts(id, '正しい案内です');
    const shown = await away.received(1);
    expect(shown.map(({ content }) => content.text)).toContain('正しい案内です');
    expect(shown.filter(({ state }) => state === 'delivered').map(({ content }) => content.text)).not.toContain(
      '間違えました',
    );
    const late = await aoi.send('POST', `/api/conversations/${id}/messages/${body.id}/revoke`);
    expect(late.body.error.code).toBe('not_revocable');
  });
});
