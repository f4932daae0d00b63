export { EmbeddedPostgresError } from './embedded-postgres-error.js';
export * from './embedded-postgres.js';
