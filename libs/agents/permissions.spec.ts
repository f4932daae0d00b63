import { describe, expect, it } from 'vitest';
import { permissions } from '#libs/contracts/index.js';
import type { Permission, Role } from '#libs/contracts/index.js';
import { permissionsOf } from './permissions.js';

const first: Record<Permission, Role> = {
  'conversation.reply': 'agent',
  'conversation.take': 'agent',
  'conversation.note': 'agent',
  'conversation.close': 'agent',
  'conversation.start': 'agent',
  'conversation.label': 'agent',
  'customer.edit': 'agent',
  'customer.reveal': 'agent',
  'customer.phone': 'supervisor',
  'customer.merge': 'supervisor',
  'customer.block': 'supervisor',
  'customer.manage': 'admin',
  'customer.sensitive': 'supervisor',
  'canned.manage': 'supervisor',
  'agent.read': 'agent',
  'agent.steer': 'supervisor',
  'account.read': 'agent',
  'conversation.assign': 'supervisor',
  'queue.manage': 'admin',
  'agent.manage': 'admin',
  'account.manage': 'admin',
  'view.share': 'supervisor',
  'bot.manage': 'supervisor',
  'faq.propose': 'agent',
};
const ladder: Role[] = ['agent', 'supervisor', 'admin'];

describe('who may do what', () => {
  it.each(permissions.map((permission) => [permission, first[permission]] as const))(
    '%s begins with the role %s and is kept by every role above',
    (permission, begins) => {
      const may = ladder.filter((role) => permissionsOf[role].has(permission));
      expect(may).toEqual(ladder.slice(ladder.indexOf(begins)));
    },
  );

  it('names every role, and no right that does not exist', () => {
    expect(Object.keys(permissionsOf).sort()).toEqual([...ladder].sort());
    for (const role of ladder) {
      for (const permission of permissionsOf[role]) expect(permissions).toContain(permission);
    }
  });
});
