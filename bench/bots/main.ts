import 'reflect-metadata';
import type { Bot } from '#libs/bots/index.js';
import type { BotAnswer } from '#libs/contracts/index.js';
import { loadSettings } from '#libs/platform/settings/index.js';
import { startConsole } from '../../apps/console/console.js';
import { migrateDatabase } from '../../apps/console/schema.js';

/** As late as a bot may be without being too late. */
const SLEEP_MS = 9_500;

class Sleeper implements Bot {
  readonly key = 'sleeper';

  async answer(): Promise<BotAnswer> {
    await new Promise((awake) => setTimeout(awake, SLEEP_MS));
    return { steps: [{ do: 'say', text: 'お待たせしました。' }] };
  }
}

class Quick implements Bot {
  readonly key = 'quick';

  async answer(): Promise<BotAnswer> {
    return { steps: [{ do: 'say', text: '営業時間は10時から18時までです。' }] };
  }
}

/** The console as it is delivered, with two bots in its list. */
const settings = loadSettings(process.env);
await migrateDatabase(settings.databaseUrl!);
const node = await startConsole(settings, '127.0.0.1', undefined, undefined, [Sleeper, Quick]);
process.send!({ ready: true, url: node.url });
const leave = (): void => void node.close().finally(() => process.exit(0));
process.on('SIGTERM', leave);
process.on('disconnect', leave);
