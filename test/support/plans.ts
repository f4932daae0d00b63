import type { Client, Pool } from 'pg';
import { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { SearchPool } from '#libs/conversations/index.js';
import type { Console } from '../../apps/console/console.js';
import { eventually } from './eventually.js';

export interface Plan {
  sql: string;
  /** Tables that it reads from the first row to the last. */
  scanned: string[];
}

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  Plans?: PlanNode[];
}

/**
 * What the database does for a node's queries, as the node really sends them. PostgreSQL explains each of them to the
 * connection that ran it.
 */
export class Plans {
  readonly seen: Plan[] = [];

  /**
   * From now on every query of this node over its pool, and over that of searching, is explained; its connections are opened
   * anew for that.
   */
  static async of({ app }: Console): Promise<Plans> {
    const plans = new Plans();
    const dataSource = app.get(DataSource);
    const pool = (dataSource.driver as PostgresDriver).master as Pool;
    const settings = {
      session_preload_libraries: 'auto_explain',
      'auto_explain.log_min_duration': '0',
      'auto_explain.log_level': 'notice',
      'auto_explain.log_format': 'json',
      client_min_messages: 'notice',
    };
    const [row] = await dataSource.query<{ name: string }[]>('select current_database() as name');
    for (const [name, value] of Object.entries(settings)) {
      await dataSource.query(`alter database ${row!.name} set ${name} = '${value}'`);
    }
    for (const each of [pool, app.get(SearchPool).pool]) {
      each.on('connect', (client) =>
        (client as unknown as Client).on('notice', ({ message }) => plans.read(message ?? '')),
      );
    }
    await dataSource.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and application_name = 'madoguchi' and pid <> pg_backend_pid()`,
    );
    await dataSource.query('select pg_terminate_backend(pg_backend_pid())').catch(() => undefined);
    await eventually(
      () =>
        dataSource.query('select 1').then(
          () => plans.seen.length > 0,
          () => false,
        ),
      'the first plan',
    );
    return plans;
  }

  /** Statements that read one of these tables as a whole, as `table: statement`. */
  scans(tables: readonly string[]): string[] {
    return this.seen.flatMap(({ sql, scanned }) =>
      scanned.filter((table) => tables.includes(table)).map((table) => `${table}: ${sql}`),
    );
  }

  private read(notice: string): void {
    const start = notice.indexOf('{');
    if (!/^duration: .* plan:/s.test(notice) || start < 0) return;
    const { 'Query Text': sql, Plan: plan } = JSON.parse(notice.slice(start)) as {
      'Query Text': string;
      Plan: PlanNode;
    };
    this.seen.push({ sql: sql.replace(/\s+/g, ' ').trim(), scanned: scannedIn(plan) });
  }
}

function scannedIn(node: PlanNode): string[] {
  const here = node['Node Type'] === 'Seq Scan' && node['Relation Name'] ? [node['Relation Name']] : [];
  return [...here, ...(node.Plans ?? []).flatMap(scannedIn)];
}
