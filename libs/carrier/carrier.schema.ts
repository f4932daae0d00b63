import type { Schema } from '#libs/platform/database/index.js';
import { Carrier1764000003000 } from './carrier.migration.js';
import { KeptEvent } from './kept-event.entity.js';
import { ParkedReceipt } from './parked-receipt.entity.js';

export const carrierSchema: Schema = {
  entities: [ParkedReceipt, KeptEvent],
  migrations: [Carrier1764000003000],
};
