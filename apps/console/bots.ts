import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BotsOptions } from '#libs/bots/index.js';
import { SettingsError, type Settings } from '#libs/platform/settings/index.js';

/** The modules that answer in this console; see docs/extending.md. Listed here, each is given its place at an account by people. */
export const ownBots: BotsOptions['bots'] = [];

/** With those of the packages that this installation names; each exports its classes as `bots`. */
export async function botsOf({ botPackages }: Settings): Promise<BotsOptions['bots']> {
  const brought = await Promise.all(botPackages.map(botsOfPackage));
  return [...ownBots, ...brought.flat()];
}

async function botsOfPackage(name: string): Promise<BotsOptions['bots']> {
  let found: { bots?: unknown };
  try {
    const file = createRequire(join(process.cwd(), 'package.json')).resolve(name);
    found = (await import(pathToFileURL(file).href)) as { bots?: unknown };
  } catch (fault) {
    throw refused(`cannot load ${name}: ${fault instanceof Error ? fault.message : String(fault)}`);
  }
  const { bots } = found;
  if (!Array.isArray(bots) || !bots.every((bot) => typeof bot === 'function'))
    throw refused(`names ${name}, which exports no list of classes as \`bots\``);
  return bots as BotsOptions['bots'];
}

function refused(message: string): SettingsError {
  return new SettingsError([{ name: 'BOT_PACKAGES', message }]);
}
