import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { botId, hanako, Stage, taro } from './stage.js';

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.open();
});
afterEach(() => stage.close());

const text = { textMessage: 'x' };

describe('a carrier that misbehaves', () => {
  it('refuses as too fast, with the time to wait, then goes on', async () => {
    await stage.faults({ status429: 2 });
    for (let round = 0; round < 2; round += 1) {
      const refused = await stage.sends(text);
      expect(refused.status).toBe(429);
      expect(refused.headers.get('retry-after')).toBe('1');
      expect(Number(refused.headers.get('x-ratelimit-reset'))).toBeGreaterThan(Date.now() / 1000 - 1);
    }
    expect((await stage.sends(text)).status).toBe(202);
    expect((await stage.ledger()).bot).toHaveLength(1);
  });

  it('fails, then is fine; nothing has happened on a failure', async () => {
    await stage.faults({ status500: { times: 1 }, botId });
    expect((await stage.sends(text)).status).toBe(500);
    expect((await stage.sends(text)).status).toBe(202);
    await stage.faults({ status500: { rate: 1 } });
    expect((await stage.sends(text)).status).toBe(500);
    await stage.faults({});
    expect((await stage.sends(text)).status).toBe(202);
    expect((await stage.ledger()).bot).toHaveLength(2);
  });

  it('loses the answer although the message went out', async () => {
    await stage.faults({ loseAnswer: 1 });
    await expect(stage.sends({ textMessage: '届いたかな' })).rejects.toThrow();
    await expect.poll(async () => (await stage.screen(hanako)).length).toBe(1);
    const [sent] = (await stage.ledger()).bot;
    await stage.bot.until(() => stage.bot.statuses(sent?.msgId ?? '').includes('delivered'), 'the report');
  });

  it('reports before it answers', async () => {
    await stage.faults({ reportBeforeAnswer: true });
    const { msgId } = (await stage.sends(text)).body.RCSMessage;
    expect(stage.bot.statuses(msgId)).toEqual(['sent', 'delivered']);
  });

  it('reports twice, reversed, and late', async () => {
    await stage.faults({ reportsTwice: true, reportsReversed: true });
    const msgId = await stage.says('x');
    await stage.bot.until(() => stage.bot.statuses(msgId).length === 4, 'four reports');
    await stage.acts(hanako, 'read', {});
    await stage.bot.until(() => stage.bot.statuses(msgId).length === 8, 'eight reports');
    const twice = (word: string) => [word, word];
    expect(stage.bot.statuses(msgId)).toEqual(['delivered', 'sent', 'displayed', 'delivered'].flatMap(twice));
  });

  it('repeats webhooks that were taken', async () => {
    await stage.faults({ webhooksRepeated: 2 });
    const msgId = await stage.writes(hanako, 'こんにちは');
    await stage.bot.until(() => stage.bot.bodies('message').length === 3, 'three times the same');
    expect(new Set(stage.bot.bodies('message').map((body) => body.RCSMessage.msgId))).toEqual(new Set([msgId]));
  });

  it('is slow, for one handset only', async () => {
    await stage.sets(taro, { faults: { slowMs: 300 } });
    const order: string[] = [];
    const slow = stage.sends(text, { userContact: taro }).then(() => order.push('slow'));
    await stage.sends(text).then(() => order.push('quick'));
    await slow;
    expect(order).toEqual(['quick', 'slow']);
  });
});

describe('webhooks', () => {
  it('are repeated until they are taken, in order, and hold back only their own thread', async () => {
    let broken = true;
    stage.bot.answer = (body) => (broken && body.messageContact?.userContact === hanako ? 503 : 200);
    const first = await stage.writes(hanako, '1');
    const second = await stage.writes(hanako, '2');
    const other = await stage.writes(taro, '別の人');
    await stage.bot.until(() => stage.bot.bodies('message').length === 1, 'the other customer');
    expect(stage.bot.bodies('message')[0]?.RCSMessage.msgId).toBe(other);
    await expect.poll(async () => (await stage.ledger()).customer[0]?.tries).toBeGreaterThan(2);
    const before = await stage.ledger();
    expect(before.pendingWebhooks).toBe(2);
    expect(before.customer.map(({ msgId, toldAt }) => [msgId, toldAt === null])).toEqual([
      [first, true],
      [second, true],
      [other, false],
    ]);
    expect(before.customer[1]?.tries).toBe(0);
    broken = false;
    await stage.bot.until(() => stage.bot.bodies('message').length === 3, 'the held back ones');
    expect(stage.bot.bodies('message').map((body) => body.RCSMessage.msgId)).toEqual([other, first, second]);
    await expect.poll(async () => (await stage.ledger()).pendingWebhooks).toBe(0);
    expect((await stage.ledger(before.last)).customer).toEqual([]);
  });

  it('go to the new address at once when the bot is registered anew', async () => {
    const waiting = await Stage.open(
      { webhookRetry: { firstMs: 60_000, factor: 1, maxMs: 60_000 } },
      { webhookUrl: 'http://127.0.0.1:9/' },
    );
    const msgId = await waiting.writes(hanako, 'いますか');
    await expect.poll(async () => (await waiting.ledger()).customer[0]?.tries).toBe(1);
    const bot = { name: 'n', verified: true, webhookUrl: waiting.bot.url, token: 'static-token' };
    expect((await waiting.request('PUT', `/bots/${botId}`, bot)).status).toBe(200);
    await waiting.bot.until(() => waiting.bot.bodies('message')[0]?.RCSMessage.msgId === msgId, 'the message');
    await waiting.close();
  });

  it('reach a bot from a thousand handsets at the same time', async () => {
    let open = 0;
    let most = 0;
    let release = (): void => undefined;
    const all = new Promise<void>((resolve) => (release = resolve));
    stage.bot.answer = async () => {
      open += 1;
      most = Math.max(most, open);
      if (open === 1_000) release();
      await all;
      return 200;
    };
    const numbers = Array.from({ length: 1_000 }, (_, index) => `+8190${String(20_000_000 + index)}`);
    while (numbers.length > 0) {
      await Promise.all(numbers.splice(0, 50).map((number) => stage.writes(number, 'x')));
    }
    await stage.bot.until(() => stage.bot.heard.length === 1_000, 'all of them');
    expect(most).toBe(1_000);
  }, 60_000);
});
