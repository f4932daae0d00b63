export { bucket, Jobs, type JobOptions } from './jobs.js';
export { JobsModule } from './jobs.module.js';
export { migrateJobs } from './migrate-jobs.js';
