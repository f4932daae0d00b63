import { errorCodes, permissions } from '#libs/contracts/index.js';
import type {
  Activity,
  AuthorKind,
  AwayReason,
  ConnectionState,
  ContactState,
  DeliveryReason,
  DeliveryState,
  DerivedState,
  ErrorCode,
  Locale,
  MessageContent,
  Permission,
  Priority,
  Role,
  RoutingState,
  Visibility,
  Wire,
} from '#libs/contracts/index.js';
import { words, type Described } from './api-schema.js';

// Every closed list of words in the contracts. The compiler knows when one is missing.

export const wire = words<Wire>({ maap: true, cm: true, rbm: true, sms: true });
export const role = words<Role>({ agent: true, supervisor: true, admin: true });
export const visibility = words<Visibility>({ own: true, account: true, all: true });
export const locale = words<Locale>({ ja: true, en: true });
export const permission: Described<Permission> = { type: 'string', enum: [...permissions] };
export const connectionState = words<ConnectionState>({ connected: true, grace: true, disconnected: true });
export const routingState = words<RoutingState>({ ready: true, not_ready: true });
export const awayReason = words<AwayReason>({ break: true, meal: true, training: true, meeting: true, other: true });
export const derivedState = words<DerivedState>({
  idle: true,
  busy: true,
  full: true,
  after_contact: true,
  away: true,
  not_responding: true,
  grace: true,
  offline: true,
});
export const errorCode: Described<ErrorCode> = { type: 'string', enum: Object.values(errorCodes) };
export const authorKind = words<AuthorKind>({ customer: true, agent: true, bot: true, system: true });
export const contactState = words<ContactState>({
  bot: true,
  queued: true,
  offered: true,
  active: true,
  held: true,
  waiting: true,
  snoozed: true,
  wrapup: true,
  closed: true,
  abandoned: true,
});
export const priority = words<Priority>({ urgent: true, high: true, normal: true, low: true });
export const deliveryState = words<DeliveryState>({
  queued: true,
  unknown: true,
  sent: true,
  failed: true,
  cancelled: true,
  delivered: true,
  read: true,
});
export const deliveryReason = words<DeliveryReason>({
  not_reachable: true,
  opted_out: true,
  blocked: true,
  rejected: true,
  unauthorized: true,
  no_balance: true,
  quiet_hours: true,
  too_fast: true,
  carrier_error: true,
  answer_lost: true,
  expired: true,
  no_connection: true,
});
export const contentType = words<MessageContent['type']>({
  text: true,
  media: true,
  location: true,
  press: true,
  device: true,
  activity: true,
  unsupported: true,
});
export const activity = words<Activity>({
  'contact.taken': true,
  'contact.returned': true,
  'contact.assigned': true,
  'contact.closed': true,
  'contact.accepted': true,
  'contact.transferOffered': true,
  'contact.transferDeclined': true,
  'contact.transferCancelled': true,
  'contact.transferred': true,
  'contact.transferredToQueue': true,
  'contact.overflowed': true,
  'contact.held': true,
  'contact.resumed': true,
  'contact.snoozed': true,
  'contact.woken': true,
  'contact.wrapUp': true,
  'contact.agentGone': true,
  'contact.inactivityWarned': true,
  'contact.inactivityClosed': true,
  'contact.refusedFull': true,
  'contact.refusedHours': true,
  'contact.closingTime': true,
  'contact.abandoned': true,
  'contact.manyTransfers': true,
  'contact.prioritised': true,
  'contact.blocked': true,
  'contact.handedOff': true,
  'contact.botEnded': true,
  'contact.returnedToBot': true,
  'customer.newPerson': true,
});
