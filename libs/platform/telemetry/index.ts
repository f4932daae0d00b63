export { AppError, conflict, forbidden, invalid, notFound } from './app-error.js';
export { isAway, toAnswer } from './error-body.js';
export { ErrorFilter } from './error.filter.js';
export { Log, withoutNumbers } from './log.js';
export { Metrics } from './metrics.js';
export { TelemetryModule } from './telemetry.module.js';
export { validationPipe } from './validation.js';
