import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';

// Node may die in ways it cannot answer (kill -9, out of memory). The shell between it and PostgreSQL holds the other end
// of a pipe; when that closes, for whatever reason, PostgreSQL is told to shut down. A background command gets /dev/null
// as its input, hence the copy of the pipe as 3.
const watch = `
exec 3<&0
"$0" "$@" 3<&- </dev/null & P=$!
(cat <&3 >/dev/null; kill -INT $P) 2>/dev/null & W=$!
wait $P; R=$?
kill $W 2>/dev/null
exit $R`;

/** A running PostgreSQL that does not outlive this process. */
export class ServerProcess {
  private readonly child: ChildProcess;
  private said = '';
  /** Resolves when it has ended, with its last words. */
  readonly ended: Promise<string>;
  hasEnded = false;

  constructor(command: string[], options: SpawnOptions) {
    // Detached: Ctrl-C in the terminal goes to Node alone, which closes its connections before it ends the server.
    this.child = spawn('/bin/sh', ['-c', watch, ...command], {
      ...options,
      detached: true,
      cwd: '/',
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.said = (this.said + text).slice(-8000);
    });
    this.child.stdin?.on('error', () => {}); // It ended before it was asked to; `ended` tells.
    this.ended = new Promise((resolve) => {
      const end = (words: string) => {
        this.hasEnded = true;
        resolve(words);
      };
      this.child.once('error', (error) => end(error.message));
      this.child.once('close', () => end(this.said));
    });
  }

  /** Ends it and waits for it. After `patience` ms the server is told to drop everything. */
  async stop(abort: () => void, patience = 20_000): Promise<void> {
    if (this.hasEnded) return;
    const timer = setTimeout(abort, patience);
    this.child.stdin?.end();
    await this.ended;
    clearTimeout(timer);
  }
}

/** Runs a program to its end; what it printed is the error's text if it fails. */
export async function run(command: string[], options: SpawnOptions): Promise<void> {
  const [program = '', ...args] = command;
  const child = spawn(program, args, { ...options, cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-8000)));
  }
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(said || `${program} ended with ${code}`);
}
