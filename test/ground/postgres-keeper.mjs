// Keeps an embedded PostgreSQL in a process of its own, so that the tests can kill that process.
//   node postgres-keeper.mjs <dataDir>      prints one line of JSON for each thing that happens; SIGTERM is the clean stop
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const tell = (event) => process.stdout.write(`${JSON.stringify(event)}\n`);
const launcher = fileURLToPath(new URL('../../libs/platform/database/embedded/index.ts', import.meta.url));
const { module } = await runnerImport(launcher, { configFile: false, logLevel: 'silent' });
const alive = setInterval(() => {}, 60_000);
try {
  const server = await module.startEmbeddedPostgres({
    dataDir: process.argv[2],
    database: 'kept',
    durable: true,
    onStep: (step) => tell({ step }),
    onLost: ({ message, remedy }) => tell({ lost: message, remedy }),
  });
  process.on('SIGTERM', () => void server.stop().then(() => process.exit(0)));
  tell({ url: server.url });
} catch ({ name, message, remedy }) {
  tell({ fault: message, name, remedy });
  clearInterval(alive);
}
