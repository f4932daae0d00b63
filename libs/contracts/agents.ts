import type { AgentSkill } from './agent-states.js';

export type Role = 'agent' | 'supervisor' | 'admin';

/**
 * Which conversations an agent may see: `own` — hers and the unassigned ones of her accounts; `account` — every one of
 * her accounts; `all` — every account of the installation.
 */
export type Visibility = 'own' | 'account' | 'all';

export type Locale = 'ja' | 'en';

export const permissions = [
  'conversation.reply',
  'conversation.take',
  'conversation.assign',
  'conversation.note',
  'conversation.close',
  'conversation.start',
  'conversation.label',
  'customer.edit',
  'customer.reveal',
  'customer.phone',
  'customer.merge',
  'customer.block',
  'customer.manage',
  /** Card numbers in what was written, which everybody else sees masked. */
  'customer.sensitive',
  /** Canned responses of queues and accounts, and forbidden words; one's own need no right. */
  'canned.manage',
  'queue.manage',
  'agent.read',
  'agent.steer',
  'agent.manage',
  'account.read',
  'account.manage',
  /** Saved views for everybody. */
  'view.share',
  /** Bots, their order at an account, and what they know. */
  'bot.manage',
  /** Entries of the FAQ that somebody with bot.manage confirms. */
  'faq.propose',
] as const;

export type Permission = (typeof permissions)[number];

export interface AgentView {
  id: string;
  name: string;
  email: string;
  role: Role;
  visibility: Visibility;
  locale: Locale;
  active: boolean;
  accountIds: string[];
  /** So many contacts at once (同時対応数の上限). */
  capacity: number;
  skills: AgentSkill[];
}

/** What colleagues may know of each other. */
export interface AgentSummary {
  id: string;
  name: string;
  role: Role;
}

export interface SessionView {
  agent: AgentView;
  permissions: Permission[];
  accounts: { id: string; name: string; logoUrl: string | null; verified: boolean }[];
  /** The server's clock, so that timers on a wrong desk clock still count right. */
  now: string;
}

export interface SignInBody {
  email: string;
  password: string;
}

export interface CreateAgentBody {
  name: string;
  email: string;
  password: string;
  role: Role;
  visibility?: Visibility;
  locale?: Locale;
  accountIds: string[];
  capacity?: number;
  skills?: AgentSkill[];
}

export interface EditAgentBody {
  name?: string;
  password?: string;
  role?: Role;
  visibility?: Visibility;
  locale?: Locale;
  active?: boolean;
  accountIds?: string[];
  capacity?: number;
  /** All of them: who is left out here loses it. */
  skills?: AgentSkill[];
}
