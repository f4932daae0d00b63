import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../dist/apps/console/main.js', import.meta.url));

/** To look into a failure: a directory that nodes write their logs to. */
const logs = process.env['TEST_NODE_LOGS'];

/** One console node as a process of its own, from the built files: something that can really be killed. */
export class ProcessNode {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    /** Its last words, for a node that should be alive. */
    readonly said: () => string,
  ) {}

  static async start(databaseUrl: string, values: Record<string, string> = {}): Promise<ProcessNode> {
    const child = fork(program, {
      env: {
        ...process.env,
        DATABASE_URL: databaseUrl,
        MASTER_KEY: randomBytes(32).toString('base64'),
        PORT: '0',
        PUBLIC_URL: 'http://127.0.0.1',
        LOG_LEVEL: logs ? 'debug' : 'silent',
        ...values,
      },
      stdio: ['ignore', logs ? openSync(`${logs}/${values['ROLE'] ?? 'node'}.log`, 'a') : 'ignore', 'pipe', 'ipc'],
    });
    let said = '';
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-4000)));
    const url = await new Promise<string>((resolve, reject) => {
      child.once('message', (message) => resolve((message as { url: string }).url));
      child.once('exit', (code) => reject(new Error(`the node ended with ${code}: ${said}`)));
    });
    return new ProcessNode(child, url, () => said);
  }

  /** kill −9: no goodbye, no last row. */
  async killed(): Promise<void> {
    if (this.gone) return;
    const gone = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await gone;
  }

  async stopped(): Promise<void> {
    if (this.gone) return;
    const gone = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await gone;
  }

  get alive(): boolean {
    return !this.gone;
  }

  private get gone(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }
}
