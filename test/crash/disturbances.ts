import { eventually } from '../support/eventually.js';
import type { Random } from '../support/random.js';
import type { Shift } from './shift.js';

/** Resolves when whatever was broken runs again. */
export type Disturbance = (shift: Shift, random: Random) => Promise<void>;

/** Everything that may die, be cut or be told to go in the middle of a round. */
export const disturbances = {
  'the web node of the webhooks killed': async ({ house, account }) => {
    const [web, other] = house.webs;
    await web.killed();
    await house.webhooksTo(account, other);
    await web.comesBack();
    await house.webhooksTo(account, web);
  },
  'the other web node killed': async ({ house }) => {
    await house.webs[1].killed();
    await house.webs[1].comesBack();
  },
  'a web node told to go': async ({ house, account }) => {
    const [web, other] = house.webs;
    await house.webhooksTo(account, other);
    await web.stopped();
    await web.comesBack();
    await house.webhooksTo(account, web);
  },
  'the worker killed': async ({ house }) => {
    await house.worker.killed();
    await house.worker.comesBack();
  },
  'the worker told to go': async ({ house }) => {
    await house.worker.stopped();
    await house.worker.comesBack();
  },
  'all processes killed': async ({ house }) => {
    await Promise.all(house.nodes.map((node) => node.killed()));
    await Promise.all(house.nodes.map((node) => node.comesBack()));
  },
  'PostgreSQL killed': ({ house }) => house.postgres.killed(),
  'a process of PostgreSQL killed': ({ house }) => house.postgres.crashed(),
  'PostgreSQL stopped and started': ({ house }) => house.postgres.stoppedAndStarted(),
  'the listeners cut': async ({ house }) => {
    await house.postgres.cuts(['madoguchi-listener']);
  },
  'the job runner cut': async ({ house }) => {
    await house.postgres.cuts(['madoguchi-jobs', 'madoguchi-job-guard']);
  },
  'every database connection cut': async ({ house }) => {
    await house.postgres.cuts();
  },
  'the lines cut': async ({ house }, random) => {
    for (let times = random.between(1, 3); times > 0; times -= 1) {
      for (const web of house.webs) web.line.cut();
      await eventually(() => true, 'the next turn');
    }
  },
  'a screen away for a while': async (shift, random) => {
    const screen = random.pick(shift.screens);
    await eventually(() => screen.socket.connected, 'a screen that can be cut', 30_000);
    await screen.isCut();
    const told = shift.replies.length;
    const more = random.between(1, 4);
    await eventually(() => shift.replies.length >= told + more || shift.done, 'something to be missed', 60_000);
    screen.comesBack();
  },
} satisfies Record<string, Disturbance>;

export type DisturbanceName = keyof typeof disturbances;

/** How the carrier behaves for a whole round. Counted faults, because a share of all calls could not be drawn again. */
export const carrierFaults: Record<string, (random: Random) => object> = {
  slow: (random) => ({ slowMs: random.between(20, 200) }),
  'too fast': (random) => ({ status429: random.between(1, 2) }),
  'errors of its own': (random) => ({ status500: random.between(1, 3) }),
  'answers lost': (random) => ({ loseAnswer: random.between(1, 2) }),
  'reports before the answer': () => ({ reportBeforeAnswer: true }),
  'reports twice': () => ({ reportsTwice: true }),
  'reports reversed': () => ({ reportsReversed: true }),
  'webhooks repeated': (random) => ({ webhooksRepeated: random.between(1, 2) }),
};
