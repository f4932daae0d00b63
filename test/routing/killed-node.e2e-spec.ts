import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AgentDesk } from '../support/agent-desk.js';
import { ProcessNode } from '../support/process-node.js';
import { MASTER_KEY } from '../support/world.js';
import { Stage } from './stage.js';

let stage: Stage;
let doomed: ProcessNode;

beforeAll(async () => {
  stage = await Stage.open();
  doomed = await ProcessNode.start(stage.world.database.url, { MASTER_KEY });
});
afterAll(async () => {
  await doomed?.killed();
  await stage?.close();
});

describe('a node dies with an offer open', () => {
  it('another one expires it within a second of its deadline, and the next person is asked', async () => {
    const [first, second] = await stage.paper(2);
    const queue = await stage.queue({ agents: [first!], offerSeconds: 5 });
    // The node that is about to die makes the offer: the change of the queue's account is made there, and wakes it there.
    const desk = new AgentDesk(doomed.url, stage.admin.view);
    desk.cookie = stage.admin.cookie;
    await stage.waiting(queue.id, 1, 1, { wake: null });
    const woken = await desk.send('PATCH', `/api/queues/${queue.id}`, { offerSeconds: 5, description: 'woken there' });
    expect(woken.status).toBe(200);
    const offered = await stage.until(
      async () => (await stage.contacts(`t.queue_id = $1 and t.state = 'offered'`, [queue.id]))[0],
      'the offer',
    );
    await doomed.killed();
    await stage.edit(queue.id, { members: [first, second].map((agentId) => ({ agentId, rank: 1, delaySeconds: 0 })) });
    const [offer] = await stage.until(async () => {
      const rows = await stage.world.query<{ deadline: Date; ended_at: Date; outcome: string }>(
        'select deadline, ended_at, outcome from offers where contact_id = $1 and outcome is not null',
        [offered.id],
      );
      return rows.length > 0 && rows;
    }, 'the end of the offer');
    expect(offer!.outcome).toBe('expired');
    const late = offer!.ended_at.getTime() - offer!.deadline.getTime();
    expect(late).toBeGreaterThanOrEqual(0);
    expect(late).toBeLessThan(1_000);
    await stage.until(
      async () => (await stage.contacts('t.id = $1 and t.offered_to = $2', [offered.id, second]))[0],
      'the next offer',
    );
    expect((await stage.state(first!))!.not_responding).toBe(true);
  });

  it('a node that starts finds what waits, and what is due', async () => {
    const [agent] = await stage.paper(1);
    const queue = await stage.queue({ agents: [agent!], offerSeconds: 600 });
    // Nobody is woken: as if the node that stored them had died right after its commit.
    await stage.waiting(queue.id, 1, 1, { wake: null });
    const node = await ProcessNode.start(stage.world.database.url, { MASTER_KEY });
    await stage.until(
      async () => (await stage.contacts('t.queue_id = $1 and t.offered_to = $2', [queue.id, agent]))[0],
      'the offer',
    );
    await node.stopped();
  });
});
