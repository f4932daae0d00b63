export type { CarrierDriver, Greeting, WebhookRequest } from './carrier-driver.js';
export { CarrierModule } from './carrier.module.js';
export { carrierSchema } from './carrier.schema.js';
export { Carrier } from './carrier.js';
export { parsePhone, type CustomerAddress } from './customer-address.js';
export type {
  InboundAlias,
  InboundEvent,
  InboundFile,
  InboundMessage,
  InboundReceipt,
  InboundTyping,
  ReadResult,
  ReceiptStatus,
} from './inbound-event.js';
export { InboundHandlers, type InboundHandler } from './inbound-handlers.js';
export { KeptEvents } from './kept-events.js';
export { MaapDriver, type MaapOptions } from './maap/maap.driver.js';
export type {
  CallFailure,
  CallOutcome,
  FileToPlace,
  OutboundContent,
  OutboundFile,
  OutboundMessage,
  PlacedFile,
  PlaceOutcome,
  SendOutcome,
} from './outbound-message.js';
export { ParkedReceipts, type ReceiptName } from './parked-receipts.js';
