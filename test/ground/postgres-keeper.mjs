// Keeps an embedded PostgreSQL in a process of its own, so that the tests can kill that process.
//   node postgres-keeper.mjs <launcher> <dataDir>    prints a line of JSON for each thing that happens; SIGTERM: clean stop
const [launcher, dataDir] = process.argv.slice(2);
const tell = (event) => process.stdout.write(`${JSON.stringify(event)}\n`);
const { startEmbeddedPostgres } = await import(launcher);
try {
  const server = await startEmbeddedPostgres({
    dataDir,
    database: 'kept',
    durable: true,
    onStep: (step) => tell({ step }),
    onLost: ({ message, remedy }) => tell({ fault: message, remedy }),
  });
  process.on('SIGTERM', () => void server.stop().then(() => process.exit(0)));
  tell({ url: server.url });
} catch ({ name, message, remedy }) {
  tell({ fault: message, name, remedy });
}
