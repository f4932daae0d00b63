export * from './accounts.js';
export * from './agent-states.js';
export * from './agents.js';
export * from './content.js';
export * from './conversations.js';
export * from './errors.js';
export * from './events.js';
