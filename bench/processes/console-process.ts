import { fileURLToPath } from 'node:url';
import { MASTER_KEY } from '../database/premises.js';
import { Child } from './child.js';

/** The console as it is delivered, from the built files. */
export class ConsoleProcess {
  private constructor(
    private readonly child: Child,
    readonly url: string,
  ) {}

  static async start(
    databaseUrl: string,
    dataDir: string,
    port = 0,
    program = 'apps/console/main.js',
  ): Promise<ConsoleProcess> {
    const probe = new URL('memory-probe.js', import.meta.url);
    const extra = process.env['BENCH_NODE_OPTIONS']?.split(' ') ?? [];
    const child = Child.start(
      'the console',
      program,
      {
        DATABASE_URL: databaseUrl,
        DATA_DIR: dataDir,
        MASTER_KEY,
        PORT: String(port),
        PUBLIC_URL: 'http://127.0.0.1',
        LOG_LEVEL: 'error',
        ROLE: 'all',
      },
      ['--expose-gc', '--import', fileURLToPath(probe), ...extra],
    );
    const { url } = await child.hears<{ url: string }>('ready');
    return new ConsoleProcess(child, url);
  }

  /** After a collection of garbage. */
  async memory(): Promise<NodeJS.MemoryUsage> {
    return (await this.child.asks<{ memory: NodeJS.MemoryUsage }>({ memory: true }, 'memory')).memory;
  }

  stops(): Promise<void> {
    return this.child.ends();
  }

  killed(): Promise<void> {
    return this.child.ends('SIGKILL');
  }
}
