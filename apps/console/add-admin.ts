import { randomBytes } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import { Agents } from '#libs/agents/index.js';
import { Transactions } from '#libs/platform/database/index.js';
import { loadSettings } from '#libs/platform/settings/index.js';
import { Log } from '#libs/platform/telemetry/index.js';
import { ConsoleModule } from './console.module.js';
import { migrateDatabase } from './schema.js';

/**
 * The first administrator of an installation: `npm run add-admin -- name@example.jp "姓 名"`. The password is made here
 * and printed once.
 */
async function addAdmin(email: string, name: string): Promise<string> {
  const settings = loadSettings(process.env, { production: true }).with({ role: 'web', logLevel: 'silent' });
  await migrateDatabase(settings.databaseUrl!);
  const app = await NestFactory.createApplicationContext(ConsoleModule.forRoot(settings, Log.create('silent')), {
    logger: false,
    abortOnError: false,
  });
  try {
    const password = randomBytes(15).toString('base64url');
    const admin = { email, name, password, role: 'admin' as const, visibility: 'all' as const, accountIds: [] };
    await app.get(Transactions).run((tx) => app.get(Agents).create(tx, admin));
    return password;
  } finally {
    await app.close();
  }
}

const [email, name = email] = process.argv.slice(2);
if (!email || !name || !/^[^\s@]+@[^\s@]+$/.test(email)) {
  process.stderr.write(
    'Usage: npm run add-admin -- name@example.jp "姓 名"   (with DATABASE_URL and MASTER_KEY set)\n',
  );
  process.exit(2);
}
try {
  const password = await addAdmin(email, name);
  process.stdout.write(`${email} may sign in as administrator. The password, shown only now: ${password}\n`);
} catch (fault) {
  process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n`);
  process.exit(1);
}
