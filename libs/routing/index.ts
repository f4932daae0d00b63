export { Engine } from './engine.js';
export { QueueStore } from './queue-store.js';
export { QueueSummaries } from './queue-summaries.js';
export { Queues } from './queues.service.js';
export { RoutingModule } from './routing.module.js';
export { routingSchema } from './routing.schema.js';
export { usualRules } from './usual-rules.js';
