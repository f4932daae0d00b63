import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { HoursSpan } from '#libs/contracts/index.js';
import { Conversations } from '#libs/conversations/index.js';
import { quiet } from '../../bench/simulation/quiet.js';
import type { StoppedClock } from '../../bench/simulation/stopped-clock.js';
import { Stage, type ContactRow } from './stage.js';

let stage: Stage;
let clock: StoppedClock;

const tokyo = (at: string): Date => new Date(`${at}+09:00`);

function standsAt(at: Date): void {
  beforeAll(async () => {
    ({ stage, clock } = await Stage.openAt(at));
  });
  afterAll(async () => {
    await clock?.close();
    await stage?.close();
  });
}

const settled = (): Promise<void> => quiet(stage.world.first.app, clock);

/** As for a machine that slept until then: whatever fell due meanwhile is done now. */
async function sleepUntil(at: Date): Promise<void> {
  await clock.moveTo(at.getTime());
  await settled();
}

/** Every moment on the way at which something is due is lived through. */
async function live(seconds: number): Promise<void> {
  const end = clock.now() + seconds * 1000;
  while (clock.next <= end) {
    await clock.moveTo(clock.next);
    await settled();
  }
  await clock.moveTo(end);
}

async function one(id: string): Promise<ContactRow> {
  return (await stage.contacts('t.id = $1', [id]))[0]!;
}

async function enters(queueId: string): Promise<string> {
  const [id] = await stage.waiting(queueId, 1, 0);
  await settled();
  return id!;
}

async function opensFor(id: string, at: Date): Promise<void> {
  await sleepUntil(new Date(at.getTime() - 1_000));
  expect((await one(id)).state).toBe('queued');
  await live(1);
  expect(await one(id)).toMatchObject({ state: 'active', first_accepted_at: at });
}

describe('business hours, by the calendar of Tokyo', () => {
  standsAt(tokyo('2026-12-29T12:00:00'));

  it('begin on the second: after midnight it is still yesterday’s span, single days and holidays win, also over the new year', async () => {
    const agents = await stage.paper(1, { capacity: 20 });
    const night: HoursSpan[] = [{ from: '22:00', to: '02:00' }];
    const queue = await stage.queue({
      accountIds: [],
      agents,
      autoAccept: true,
      hours: {
        week: [[], night, night, night, night, night, []],
        holidays: [],
        exceptions: [{ date: '2026-12-31', name: '大晦日', spans: [{ from: '10:00', to: '15:00' }] }],
      },
    });
    const tuesdayNoon = await enters(queue.id);
    await opensFor(tuesdayNoon, tokyo('2026-12-29T22:00:00'));

    await sleepUntil(tokyo('2026-12-30T01:59:59'));
    const beforeTwo = await enters(queue.id);
    expect((await one(beforeTwo)).state).toBe('active');
    await live(1);
    const atTwo = await enters(queue.id);
    await opensFor(atTwo, tokyo('2026-12-30T22:00:00'));

    // The last day of the year is a day of its own: in the morning, and not at ten in the evening.
    await sleepUntil(tokyo('2026-12-31T02:00:00'));
    const lastMorning = await enters(queue.id);
    await opensFor(lastMorning, tokyo('2026-12-31T10:00:00'));
    await sleepUntil(tokyo('2026-12-31T15:00:00'));
    const lastEvening = await enters(queue.id);
    // New Year's Day is a Friday and a holiday, then comes the weekend.
    for (const at of ['2026-12-31T22:00:01', '2027-01-01T22:00:01', '2027-01-02T22:00:01']) {
      await sleepUntil(tokyo(at));
      expect((await one(lastEvening)).state).toBe('queued');
    }
    await opensFor(lastEvening, tokyo('2027-01-04T22:00:00'));
  });
});

describe('the last agent first (直近担当者優先)', () => {
  standsAt(tokyo('2026-11-24T10:00:00'));

  let aoi: string;
  let ren: string;
  let phone: string;

  const writes = async (from = phone): Promise<ContactRow> => {
    await stage.writes(from);
    await settled();
    return (await stage.contacts('p.phone = $1', [from])).at(-1)!;
  };
  const closes = async (agentId: string): Promise<void> => {
    for (const { conversation_id } of await stage.contacts('t.assignee_id = $1 and t.closed_at is null', [agentId]))
      await stage.world.first.app.get(Conversations).close(stage.author(agentId), conversation_id);
    await settled();
  };
  const turns = async (agentId: string, routing: 'ready' | 'not_ready'): Promise<void> => {
    await stage.turns(agentId, routing);
    await settled();
  };
  /** Both free, 葵 the last to have ended: by the strategy alone it would be 蓮's turn. */
  const hadByAoi = async (): Promise<void> => {
    phone = stage.phone();
    await turns(ren, 'not_ready');
    await turns(aoi, 'ready');
    expect((await writes()).assignee_id).toBe(aoi);
    await live(1);
    await closes(aoi);
    await turns(ren, 'ready');
    await live(1);
  };

  beforeAll(async () => {
    [aoi, ren] = (await stage.paper(2, { capacity: 1, routing: 'not_ready' })) as [string, string];
    await stage.queue({
      accountIds: [stage.account.id],
      agents: [aoi, ren],
      autoAccept: true,
      strategy: 'longestIdle',
      sticky: { days: 7, waitFullSeconds: 20, waitAbsentSeconds: 10 },
    });
  });
  afterEach(async () => {
    for (const agent of [aoi, ren]) await closes(agent);
    for (const { conversation_id } of await stage.contacts('t.closed_at is null'))
      await stage.world.first.app.get(Conversations).close(stage.author(aoi), conversation_id);
  });

  it('while she is free it is hers, whoever else has been idle for longer', async () => {
    await hadByAoi();
    expect((await writes()).assignee_id).toBe(aoi);
  });

  it('a stranger is not hers', async () => {
    await hadByAoi();
    expect((await writes(stage.phone())).assignee_id).toBe(ren);
  });

  it('while she is full it is kept for her so long, and hers when she is free in time', async () => {
    await hadByAoi();
    await turns(ren, 'not_ready');
    expect((await writes(stage.phone())).assignee_id).toBe(aoi);
    await turns(ren, 'ready');
    const kept = await writes();
    expect(kept).toMatchObject({ state: 'queued', assignee_id: null });
    await live(19);
    expect((await one(kept.id)).state).toBe('queued');
    await closes(aoi);
    expect((await one(kept.id)).assignee_id).toBe(aoi);
  });

  it('and given up on the second when she is not', async () => {
    await hadByAoi();
    await turns(ren, 'not_ready');
    await writes(stage.phone());
    await turns(ren, 'ready');
    const kept = await writes();
    await live(19.999);
    expect((await one(kept.id)).state).toBe('queued');
    await live(0.001);
    expect(await one(kept.id)).toMatchObject({
      assignee_id: ren,
      first_accepted_at: new Date(kept.enqueued_at.getTime() + 20_000),
    });
  });

  it('while she is away it is kept for as long as the queue says for that', async () => {
    await hadByAoi();
    await turns(aoi, 'not_ready');
    const kept = await writes();
    expect(kept.state).toBe('queued');
    await live(10);
    expect(await one(kept.id)).toMatchObject({
      assignee_id: ren,
      first_accepted_at: new Date(kept.enqueued_at.getTime() + 10_000),
    });
  });

  it('after more days than that it is anybody’s', async () => {
    await hadByAoi();
    await sleepUntil(new Date(clock.now() + 7 * 24 * 60 * 60 * 1000));
    expect((await writes()).assignee_id).toBe(ren);
  });
});
