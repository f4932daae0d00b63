import type { Schema } from '#libs/platform/database/index.js';
import { AgentAccount } from './agent-account.entity.js';
import { Agent } from './agent.entity.js';
import { Agents1764000002000 } from './agents.migration.js';
import { Session } from './session.entity.js';
import { SignInFailure } from './sign-in-failure.entity.js';

export const agentsSchema: Schema = {
  entities: [Agent, AgentAccount, Session, SignInFailure],
  migrations: [Agents1764000002000],
};
