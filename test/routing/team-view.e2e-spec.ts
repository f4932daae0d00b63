import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConversationPage, QueueView, ViewCounts } from '#libs/contracts/index.js';
import type { AgentDesk } from '../support/agent-desk.js';
import { eventually } from '../support/eventually.js';
import { Screen } from '../support/screen.js';
import { Stage } from './stage.js';

let stage: Stage;
let aoi: AgentDesk;
let ren: AgentDesk;
let yui: AgentDesk;
let cards: QueueView;
let loans: QueueView;

beforeAll(async () => {
  stage = await Stage.open();
  const desk = (name: string, visibility: 'own' | 'account') =>
    stage.world.agent(stage.account, { name, visibility, capacity: 9 });
  aoi = await desk('葵', 'account');
  ren = await desk('蓮', 'own');
  yui = await desk('結衣', 'account');
  cards = await stage.queue({ accountIds: [stage.account.id], agents: [aoi.view.id, ren.view.id] });
  loans = await stage.queue({ agents: [yui.view.id] });
});
afterAll(() => stage?.close());

/** Of the numbers their last digits: that is what an agent sees of them. */
const endOf = (phone: string) => phone.slice(-4);
const team = async (desk: AgentDesk) => (await desk.rows('queue')).map(({ customer }) => endOf(customer.phoneDisplay));
const counted = async (desk: AgentDesk) => (await desk.get<ViewCounts>('/api/conversations/counts')).queue;
const comesToShow = (desk: AgentDesk, phones: string[]) =>
  eventually(
    async () => {
      const shown = await team(desk);
      return shown.length === phones.length && phones.every((phone) => shown.includes(endOf(phone)));
    },
    `the team’s list to be ${phones.join(', ')}`,
  );

describe('チーム', () => {
  it('shows what is open in one’s own queues, whoever has it, and counts the same', async () => {
    const phones = await stage.arrive(3);
    await comesToShow(aoi, phones);
    expect(await team(yui)).toEqual([]);
    expect(await counted(aoi)).toBe(3);
    expect(await counted(yui)).toBe(0);
    expect(await aoi.get('/api/queues/mine')).toEqual([cards.id]);
    expect(await yui.get('/api/queues/mine')).toEqual([loans.id]);

    const [taken, closed, moved] = await Promise.all(phones.map((phone) => aoi.conversationWith({ phone })));
    await aoi.takes(taken!.id);
    await aoi.takes(closed!.id);
    await aoi.closes(closed!.id);
    await comesToShow(aoi, [phones[0]!, phones[2]!]);
    await aoi.takes(moved!.id);
    const answer = await aoi.send('POST', `/api/conversations/${moved!.id}/transfer`, { queueId: loans.id });
    expect(answer.status).toBe(200);
    await comesToShow(aoi, [phones[0]!]);
    await comesToShow(yui, [phones[2]!]);
    expect([await counted(aoi), await counted(yui)]).toEqual([1, 1]);
  });

  it('shows nobody more than she may see: of her colleagues’ contacts nothing to who sees only her own', async () => {
    const [free] = await stage.arrive(1);
    await comesToShow(ren, [free!]);
    expect(await counted(ren)).toBe(1);
    const { id } = await ren.conversationWith({ phone: free! });
    await ren.takes(id);
    await comesToShow(ren, [free!]);
    expect(await counted(ren)).toBe(1);
    expect(await counted(aoi)).toBe(2);

    const elsewhere = await stage.world.account();
    const stranger = await stage.world.agent(elsewhere, { name: '別の口座' });
    await stage.edit(cards.id, {
      members: [aoi, ren, stranger].map(({ view }) => ({ agentId: view.id, rank: 1, delaySeconds: 0 })),
    });
    expect(await stranger.get('/api/queues/mine')).toEqual([cards.id]);
    expect(await team(stranger)).toEqual([]);
    expect(await counted(stranger)).toBe(0);
  });

  it('is read page by page in both orders, without a gap or a repeat', async () => {
    await comesToShow(aoi, [...(await team(aoi)), ...(await stage.arrive(4))]);
    for (const order of ['waiting', 'newest']) {
      const whole = await aoi.get<{ rows: { id: string }[] }>(`/api/conversations?view=queue&order=${order}&limit=200`);
      const read: string[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const page: { rows: { id: string }[]; nextCursor: string | null } = await aoi.get(
          `/api/conversations?view=queue&order=${order}&limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`,
        );
        read.push(...page.rows.map(({ id }) => id));
        cursor = page.nextCursor;
      }
      expect(read).toEqual(whole.rows.map(({ id }) => id));
      expect(read.length).toBeGreaterThan(4);
    }
  });

  it('stays right on a screen: what arrives, what is taken, what goes elsewhere', async () => {
    const screen = new Screen(aoi, 'queue', 'waiting', { queueIds: [cards.id], accountIds: [stage.account.id] });
    await screen.open();
    const agrees = () =>
      eventually(async () => {
        const shown = screen.list.rows.map(({ id }) => id);
        const { rows } = await aoi.get<ConversationPage>('/api/conversations?view=queue&order=waiting&limit=200');
        return JSON.stringify(shown) === JSON.stringify(rows.map(({ id }) => id));
      }, 'the screen to show what a fresh fetch shows');
    try {
      const [phone] = await stage.arrive(1);
      const { id } = await aoi.conversationWith({ phone: phone! });
      await agrees();
      expect(screen.list.rows.map((row) => row.id)).toContain(id);
      await aoi.takes(id);
      await agrees();
      expect(screen.list.rows.map((row) => row.id)).toContain(id);
      await aoi.send('POST', `/api/conversations/${id}/transfer`, { queueId: loans.id });
      await agrees();
      expect(screen.list.rows.map((row) => row.id)).not.toContain(id);
    } finally {
      screen.close();
    }
  });

  it('changes with the memberships, and everybody hears that they changed', async () => {
    const screen = await yui.screen();
    await stage.edit(cards.id, {
      members: [aoi, ren, yui].map(({ view }) => ({ agentId: view.id, rank: 1, delaySeconds: 0 })),
    });
    await screen.next('queue:changed', ({ id, mine }) => id === cards.id && mine);
    expect(await yui.get('/api/queues/mine')).toEqual([cards.id, loans.id]);
    expect((await team(yui)).length).toBeGreaterThan((await team(ren)).length);
    await stage.edit(cards.id, {
      members: [aoi, ren].map(({ view }) => ({ agentId: view.id, rank: 1, delaySeconds: 0 })),
    });
    await screen.next('queue:changed', ({ id, mine }) => id === cards.id && !mine);
    expect(await yui.get('/api/queues/mine')).toEqual([loans.id]);
  });
});
