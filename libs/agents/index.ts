export { AgentRights } from './agent-rights.service.js';
export type { RightsListener } from './agent-rights.service.js';
export { AgentsModule } from './agents.module.js';
export { agentsSchema } from './agents.schema.js';
export { Agent } from './agent.entity.js';
export { Agents, DEMO_PASSWORD } from './agents.service.js';
export { permissionsOf } from './permissions.js';
export type { Rights } from './rights.service.js';
