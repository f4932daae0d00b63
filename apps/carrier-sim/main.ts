import { resolve } from 'node:path';
import { parseBot, type SimBot } from './bots/bot.js';
import { demoHandsets } from './handsets/demo-handsets.js';
import { startSimulator, type Simulator } from './simulator.js';

/** Reads the environment, listens on this machine only, and goes when told to or when its parent is gone. */
async function main(): Promise<void> {
  const port = readPort(process.env.SIM_PORT ?? '3001');
  const simulator = await startSimulator({
    port,
    dataDir: resolve(process.env.DATA_DIR ?? '.data'),
    bots: readBots(process.env.SIM_BOTS ?? '[]'),
    handsets: demoHandsets,
    logLevel: process.env.LOG_LEVEL ?? 'warn',
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new Error(`Port ${port} is taken: choose another one for the simulator with SIM_PORT.`);
  });
  leaveWith(simulator);
  if (process.send) process.send({ ready: true, url: simulator.url });
  else process.stdout.write(`Simulated handsets: ${simulator.url}\n`);
}

function readPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`SIM_PORT is no port: ${text}`);
  return port;
}

function readBots(text: string): SimBot[] {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    throw new Error('SIM_BOTS is not valid JSON.');
  }
  if (!Array.isArray(list)) throw new Error('SIM_BOTS must be a JSON array.');
  return list.map((bot, index) => parseBot(bot, undefined, `SIM_BOTS[${index}]`));
}

function leaveWith(simulator: Simulator): void {
  let leaving = false;
  const leave = (): void => {
    if (leaving) return;
    leaving = true;
    simulator.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', leave);
  process.on('SIGINT', leave);
  process.on('disconnect', leave);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
