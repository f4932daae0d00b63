import { fileURLToPath } from 'node:url';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));

/** Projects run one after the other, in this order; the files of one run side by side, as many as `maxWorkers`. */
function project(order: number, name: string, include: string[], timeout: number, maxWorkers = 2) {
  return {
    extends: true,
    test: {
      name,
      include,
      exclude: name === 'integration' ? ['test/browser/**', 'test/crash/**'] : [],
      setupFiles: ['reflect-metadata'],
      testTimeout: timeout,
      hookTimeout: 60_000,
      maxWorkers,
      // Loading the server anew for every file took longer than many a file itself; what tests share is theirs to name.
      isolate: name === 'unit' || name === 'crash',
      sequence: { groupOrder: order },
    },
  } satisfies TestProjectInlineConfiguration;
}

/** Twenty random rounds; the others take minutes, and so do two hundred: `npm run test:crash`. */
const shortCrash = ['killed-node', 'random-rounds', 'full-inbox'].map((name) => `test/crash/${name}.e2e-spec.ts`);

export default defineConfig({
  root,
  // Projects do not inherit these without `extends`. Column types are written out everywhere, because the compiler of the
  // build and this one derive different metadata from an imported enum.
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true }, jsx: { runtime: 'automatic' } },
  resolve: { alias: [{ find: /^#libs\/(.*)\.js$/, replacement: `${root}libs/$1.ts` }] },
  test: {
    pool: 'forks',
    globalSetup: ['test/support/postgres-server.ts'],
    reporters: ['default', 'test/support/tally-reporter.ts'],
    projects: [
      project(0, 'unit', ['libs/**/*.spec.ts', 'apps/**/*.spec.ts', 'client/src/**/*.spec.{ts,tsx}'], 10_000),
      // Much of it waits: for a deadline, for a process that starts.
      project(1, 'integration', ['test/**/*.{spec,e2e-spec}.ts'], 30_000, 3),
      // What these measure is time and death: they want the machine for themselves.
      project(2, 'crash', process.env.CRASH_ROUNDS ? ['test/crash/**/*.e2e-spec.ts'] : shortCrash, 60_000, 1),
      project(3, 'browser', ['test/browser/**/*.{spec,e2e-spec}.ts'], 150_000),
    ],
  },
});
