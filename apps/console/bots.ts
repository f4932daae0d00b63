import type { BotsOptions } from '#libs/bots/index.js';

/** The modules that answer in this console; see docs/extending.md. Listed here, each is given its place at an account by people. */
export const ownBots: BotsOptions['bots'] = [];
