import type { Schema } from '#libs/platform/database/index.js';
import { ConfirmSend1764400025000 } from './confirm-send.migration.js';
import { QueueMemberRow } from './queue-member.entity.js';
import { QueueRow } from './queue.entity.js';
import { Routing1764200005000 } from './routing.migration.js';

export const routingSchema: Schema = {
  entities: [QueueRow, QueueMemberRow],
  migrations: [Routing1764200005000, ConfirmSend1764400025000],
};
