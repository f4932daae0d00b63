import { fork } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Settings } from '#libs/platform/settings/index.js';

/** One official account as the simulated carrier knows it. */
export interface SimulatedBot {
  botId: string;
  name: string;
  description: string;
  verified: boolean;
  webhookUrl: string;
  clientId: string;
  clientSecret: string;
  verificationToken: string;
  menu: object;
}

const program = join(dirname(fileURLToPath(import.meta.url)), '../../carrier-sim/main.js');

/** A process of its own, as a carrier would be; it goes when its parent goes, however that ends. */
export async function startSimulator(
  settings: Settings,
  bots: SimulatedBot[],
): Promise<{ url: string; stop(): Promise<void> }> {
  const child = fork(program, {
    env: {
      ...process.env,
      SIM_PORT: String(settings.simPort),
      DATA_DIR: settings.dataDir,
      SIM_BOTS: JSON.stringify(bots),
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // Ctrl-C in the terminal reaches the whole group; the parent decides when the simulator goes.
    detached: true,
  });
  let said = '';
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-2000)));
  const url = await new Promise<string>((resolve, reject) => {
    child.once('message', (message) => resolve((message as { url: string }).url));
    child.once('exit', (code) => reject(new Error(said.trim() || `The simulated carrier ended with code ${code}.`)));
    child.once('error', reject);
  });
  return {
    url,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}
