import { accountsSchema } from '#libs/accounts/index.js';
import { agentsSchema } from '#libs/agents/index.js';
import { botsSchema } from '#libs/bots/index.js';
import { carrierSchema } from '#libs/carrier/index.js';
import { conversationsSchema } from '#libs/conversations/index.js';
import { migrate, type Schema } from '#libs/platform/database/index.js';
import { migrateJobs } from '#libs/platform/jobs/index.js';
import { realtimeSchema } from '#libs/platform/realtime/index.js';
import { routingSchema } from '#libs/routing/index.js';

/** Every table of the house, from the ground up. */
export const schema: Schema[] = [
  realtimeSchema,
  accountsSchema,
  agentsSchema,
  carrierSchema,
  conversationsSchema,
  routingSchema,
  botsSchema,
];

/** Brings a database up to this version; several nodes may do it at once. */
export async function migrateDatabase(url: string): Promise<void> {
  await migrate(url, schema, [migrateJobs]);
}
