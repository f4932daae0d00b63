import type { Permission, Role } from '#libs/contracts/index.js';

const agent: Permission[] = [
  'conversation.reply',
  'conversation.take',
  'conversation.note',
  'conversation.close',
  'conversation.start',
  'conversation.label',
  'customer.edit',
  'customer.reveal',
  'agent.read',
  'account.read',
  'faq.propose',
];
const supervisor: Permission[] = [
  ...agent,
  'conversation.assign',
  'customer.phone',
  'customer.merge',
  'customer.block',
  'customer.sensitive',
  'canned.manage',
  'view.share',
  'agent.steer',
  'bot.manage',
];
const admin: Permission[] = [...supervisor, 'queue.manage', 'agent.manage', 'account.manage', 'customer.manage'];

/** The only place that says which role may do what; HTTP and sockets both ask it. */
export const permissionsOf: Record<Role, ReadonlySet<Permission>> = {
  agent: new Set(agent),
  supervisor: new Set(supervisor),
  admin: new Set(admin),
};
