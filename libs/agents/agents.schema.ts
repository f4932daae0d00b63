import type { Schema } from '#libs/platform/database/index.js';
import { AgentAccount } from './agent-account.entity.js';
import { AgentRuntimeRow } from './agent-runtime.entity.js';
import { AgentSkillRow } from './agent-skill.entity.js';
import { AgentStateChange } from './agent-state-change.entity.js';
import { AgentStates1764200002000 } from './agent-states.migration.js';
import { Agent } from './agent.entity.js';
import { Agents1764000002000 } from './agents.migration.js';
import { AgentPreferencesRow } from './preferences/agent-preferences.entity.js';
import { AgentPreferences1764400016000 } from './preferences/agent-preferences.migration.js';
import { Session } from './session.entity.js';
import { SignInFailure } from './sign-in-failure.entity.js';
import { Skill } from './skill.entity.js';

export const agentsSchema: Schema = {
  entities: [
    Agent,
    AgentAccount,
    AgentPreferencesRow,
    AgentRuntimeRow,
    AgentSkillRow,
    AgentStateChange,
    Session,
    SignInFailure,
    Skill,
  ],
  migrations: [Agents1764000002000, AgentStates1764200002000, AgentPreferences1764400016000],
};
