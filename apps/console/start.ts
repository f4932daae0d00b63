import { join } from 'node:path';
import { Agents } from '#libs/agents/index.js';
import { startEmbeddedPostgres } from '#libs/platform/database/embedded/index.js';
import { loadSettings, SettingsError, withMasterKey, type Settings } from '#libs/platform/settings/index.js';
import { botsOf } from './bots.js';
import { startConsole, type Console } from './console.js';
import { prepareDemo } from './demo/demo.js';
import { startSimulator } from './demo/simulator-process.js';
import { migrateDatabase } from './schema.js';

export interface Running {
  /** Addresses and sign-ins, for people. */
  summary: string;
  /** Where the console listens on this machine. */
  url: string;
  stop(): Promise<void>;
}

interface Options {
  onStep(text: string): void;
}

type Stop = () => Promise<void>;

/** Everything on one machine: the database too unless it is given, the demo on the first start, the simulator. */
export function startDemo({ onStep }: Options): Promise<Running> {
  return started(async (stops) => {
    const settings = await withDatabase(withMasterKey(loadSettings(process.env)), onStep, stops);
    onStep('Bringing the database up to date');
    await migrateDatabase(settings.databaseUrl!);
    onStep('Starting the console');
    const madoguchi = await startConsole(quietly(settings), undefined, undefined, undefined, await botsOf(settings));
    stops.push(() => madoguchi.close());
    const demo = await prepareDemo(madoguchi, settings, onStep);
    onStep('Starting the simulated carrier');
    const simulator = await startSimulator(settings, [demo.bot]);
    stops.push(() => simulator.stop());
    if (demo.isNew) {
      onStep('Letting the demo’s customers write');
      await demo.tell(simulator.url);
    }
    return { url: madoguchi.url, summary: summaryOf(settings, simulator.url) };
  });
}

/** A node of an installation: its database is given, nothing is made up, and known secrets are refused. */
export function startProduction({ onStep }: Options): Promise<Running> {
  return started(async (stops) => {
    const settings = loadSettings(process.env, { production: true });
    onStep('Bringing the database up to date');
    await migrateDatabase(settings.databaseUrl!);
    onStep('Starting the console');
    const madoguchi = await startConsole(settings, '0.0.0.0', refuseDemoSignIns, undefined, await botsOf(settings));
    stops.push(() => madoguchi.close());
    const port = new URL(madoguchi.url).port;
    const summary = `Madoguchi listens on port ${port} (role ${settings.role}); people reach it at ${settings.publicUrl}`;
    return { url: madoguchi.url, summary };
  });
}

/** Whatever fails on the way, nothing that was started stays behind. */
async function started(work: (stops: Stop[]) => Promise<Omit<Running, 'stop'>>): Promise<Running> {
  const stops: Stop[] = [];
  const stop = async (): Promise<void> => {
    for (const each of stops.splice(0).reverse()) await each();
  };
  try {
    return { ...(await work(stops)), stop };
  } catch (fault) {
    await stop().catch(() => undefined);
    throw fault;
  }
}

async function withDatabase(settings: Settings, onStep: (text: string) => void, stops: Stop[]): Promise<Settings> {
  if (settings.databaseUrl !== null) return settings;
  onStep('Starting PostgreSQL');
  const postgres = await startEmbeddedPostgres({
    dataDir: settings.dataDir,
    database: 'madoguchi',
    durable: true,
    onStep,
  });
  stops.push(() => postgres.stop());
  return settings.with({ databaseUrl: postgres.url });
}

/** In the terminal of a demo only what matters is written. */
function quietly(settings: Settings): Settings {
  return process.env['LOG_LEVEL'] === undefined ? settings.with({ logLevel: 'warn' }) : settings;
}

async function refuseDemoSignIns(app: Console['app']): Promise<void> {
  const open = await app.get(Agents).demoSignIns();
  if (open.length === 0) return;
  const message = `holds people whose password everybody knows (${open.join(', ')}); deactivate them or change their passwords`;
  throw new SettingsError([{ name: 'DATABASE_URL', message }]);
}

function summaryOf(settings: Settings, simulatorUrl: string): string {
  const port = settings.port;
  return [
    `  Console     http://localhost:${port}`,
    `  Handsets    ${simulatorUrl.replace('127.0.0.1', 'localhost')}`,
    `  API         http://localhost:${port}/api/docs`,
    '',
    '  Sign in as  aoi@demo.example · ren@demo.example   agents',
    '              supervisor@demo.example               supervisor',
    '              admin@demo.example                    administrator',
    '  Password    madoguchi-demo',
    '',
    `  Data is kept in ${join(settings.dataDir, '')}. Ctrl-C stops everything.`,
  ].join('\n');
}
