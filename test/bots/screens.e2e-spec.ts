import { Injectable } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bot } from '#libs/bots/index.js';
import type { BotAnswer, BotView } from '#libs/contracts/index.js';
import { eventually } from '../support/eventually.js';
import { Screen } from '../support/screen.js';
import { World, type OfficialAccount } from '../support/world.js';

@Injectable()
class Echo implements Bot {
  readonly key = 'echo';

  answer(): Promise<BotAnswer> {
    return Promise.resolve({ steps: [{ do: 'say', text: 'はい' }] });
  }
}

let world: World;
let account: OfficialAccount;

beforeAll(async () => {
  world = await World.open({}, {}, undefined, undefined, [Echo]);
  account = await world.account();
});
afterAll(() => world?.close());

describe('what one screen shows of bots, a fresh fetch shows', () => {
  it('while they answer, hand over, are taken over from and given back to, on two nodes', async () => {
    const boss = await world.agent(account, { role: 'supervisor' });
    const aoi = await world.agent(account, { name: '葵' });
    const counts = () => aoi.get<{ bot: number | null }>('/api/conversations/counts');
    expect(await counts()).toMatchObject({ bot: null });
    const bots = await boss.get<BotView[]>('/api/bots');
    const botIds = bots.filter(({ key }) => key === 'echo').map(({ id }) => id);
    expect((await boss.send('PUT', `/api/bots/accounts/${account.id}`, { botIds })).status).toBe(200);
    expect(await counts()).toMatchObject({ bot: 0 });

    const second = await world.node();
    const yui = await world.agent(account, { name: '結衣', visibility: 'own' }, second);
    const screens = [
      new Screen(aoi, 'bot'),
      new Screen(aoi.at(second.url), 'unassigned'),
      new Screen(yui, 'bot', 'newest'),
      new Screen(yui, 'all'),
      new Screen(aoi, 'mine'),
    ];
    for (const screen of screens) await screen.open();
    const customers = await Promise.all(Array.from({ length: 4 }, () => world.customer(account)));
    await Promise.all(customers.map((customer) => customer.writes('こんにちは')));
    const ids = await Promise.all(customers.map(async (customer) => (await aoi.conversationWith(customer)).id));
    await Promise.all(customers.map((customer) => customer.received(1)));
    for (const screen of screens) await screen.agrees();
    expect(screens[0]!.list.rows.map(({ contact }) => contact?.state)).toEqual(['bot', 'bot', 'bot', 'bot']);
    expect(screens[1]!.list.rows).toEqual([]);

    // One is cut off meanwhile, and repairs.
    await screens[2]!.isCut();
    const [, wish, taken, answered] = ids as [string, string, string, string];
    await Promise.all([
      customers[0]!.writes('もうひとつ'),
      customers[1]!.writes('オペレーター'),
      aoi.takes(taken),
      aoi.posts(answered, '担当の葵です'),
    ]);
    const stateOf = async (id: string) => (await boss.detail(id)).conversation.contact?.state;
    await eventually(async () => (await stateOf(wish)) === 'queued', 'the hand-off');
    expect(await stateOf(answered)).toBe('waiting');
    screens[2]!.comesBack();
    for (const screen of screens) await screen.agrees();
    expect(screens[2]!.list.rows.map(({ id }) => id)).toEqual([ids[0]]);
    expect(screens[1]!.list.rows.map(({ id }) => id)).toEqual([wish]);

    expect((await aoi.send('POST', `/api/conversations/${taken}/return-to-bot`, {})).status).toBe(200);
    await eventually(async () => (await stateOf(taken)) === 'bot', 'the return');
    for (const screen of screens) await screen.agrees();
    for (const screen of screens) screen.close();
  });
});
