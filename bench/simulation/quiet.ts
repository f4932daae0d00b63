import { setImmediate as turn } from 'node:timers/promises';
import { Engine } from '#libs/routing/index.js';
import type { Console } from '../../apps/console/console.js';
import { Deadlines } from '../../libs/routing/deadlines.js';
import type { StoppedClock } from './stopped-clock.js';

/** Until nothing in routing moves any more without time or somebody's hand. */
export async function quiet(app: Console['app'], clock: StoppedClock): Promise<void> {
  const [engine, deadlines] = [app.get(Engine), app.get(Deadlines)];
  for (;;) {
    await engine.settled();
    await deadlines.settled();
    if (clock.fire()) continue;
    // Whatever a commit set going has begun by now.
    await turn();
    if (engine.idle && deadlines.idle) return;
  }
}
