import type { MigrationInterface } from 'typeorm';

/** What a lib that owns tables brings: its entities, and its migrations in written SQL. */
export interface Schema {
  entities: (new () => object)[];
  migrations: (new () => MigrationInterface)[];
}
