import { Accounts } from '#libs/accounts/index.js';
import { SearchFollower } from '#libs/conversations/index.js';
import { Transactions } from '#libs/platform/database/index.js';
import { Settings } from '#libs/platform/settings/index.js';
import { startConsole, type Console } from '../../apps/console/console.js';
import { migrateDatabase } from '../../apps/console/schema.js';
import { CARRIER_TOKEN, MASTER_KEY, WEBHOOK_TOKEN, withClient } from './premises.js';
import { makeRows, withoutIndexes } from './rows.js';

const ACCOUNTS = 4;
const CONVERSATIONS_PER_AGENT = 500;

/** Raise it when the filling changes: a kept database of another form is made anew. */
export const FORM = 3;

export async function fill(url: string, conversations: number, dataDir: string): Promise<void> {
  await migrateDatabase(url);
  await makeAccounts(url, dataDir);
  await withClient(url, async (client) => {
    await client.query(`set synchronous_commit = off; set maintenance_work_mem = '256MB'; set timezone = 'UTC'`);
    await client.query(agentsSql(Math.max(20, conversations / CONVERSATIONS_PER_AGENT)));
    await makeRows(client, conversations);
    await withoutIndexes(client, ['message_search', 'customer_search'], () => fillSearch(url, dataDir));
    await client.query('vacuum (freeze, analyze) message_search, customer_search');
    await client.query('checkpoint');
  });
}

/** By the hands that follow live messages, in larger steps. */
async function fillSearch(url: string, dataDir: string): Promise<void> {
  const { app, close } = await openHouse(url, dataDir);
  try {
    await app.get(SearchFollower).catchUp(5_000);
  } finally {
    await close();
  }
}

function openHouse(url: string, dataDir: string): Promise<Console> {
  const settings = {
    port: 0,
    databaseUrl: url,
    dataDir,
    masterKey: MASTER_KEY,
    logLevel: 'warn',
    role: 'web',
  } as const;
  return startConsole(new Settings(settings), '127.0.0.1');
}

/** Through the house's own hands, because credentials are encrypted. */
async function makeAccounts(url: string, dataDir: string): Promise<void> {
  const { app, close } = await openHouse(url, dataDir);
  try {
    const accounts = app.get(Accounts);
    await app.get(Transactions).run(async (tx) => {
      for (let place = 0; place < ACCOUNTS; place += 1) {
        const { id } = await accounts.create(tx, { name: `窓口 ${place + 1}` });
        await accounts.addConnection(tx, id, {
          wire: 'maap',
          settings: { baseUrl: 'http://127.0.0.1:1/rcs/bot/v1', botId: `bench-${place}@botplatform.example` },
          credentials: { token: CARRIER_TOKEN, verificationToken: WEBHOOK_TOKEN },
        });
      }
    });
  } finally {
    await close();
  }
}

const agentsSql = (agents: number): string => `
  with made as (
    insert into agents (name, email, password_hash, role, visibility)
    select 'agent ' || n, 'agent' || n || '@bench.example', 'none', 'agent', 'account' from generate_series(1, ${agents}) n
    returning id
  )
  insert into agent_accounts (agent_id, account_id) select made.id, a.id from made, accounts a`;
