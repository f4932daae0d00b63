import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const children = new Set<ChildProcess>();
process.on('exit', () => children.forEach((child) => child.kill('SIGKILL')));

/** A program under measurement, in a process of its own. */
export class Child {
  private said = '';
  private constructor(
    private readonly child: ChildProcess,
    readonly name: string,
  ) {
    children.add(child);
    child.once('exit', () => children.delete(child));
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.said = (this.said + text).slice(-4000)));
  }

  /** @param program below dist/ */
  static start(name: string, program: string, env: Record<string, string>, execArgv: string[] = []): Child {
    const path = fileURLToPath(new URL(`../../${program}`, import.meta.url));
    const child = fork(path, {
      env: { ...process.env, NODE_ENV: 'production', ...env },
      execArgv,
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    return new Child(child, name);
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** What it says next that has this member. */
  hears<T extends object>(member: string, patienceMs = 60_000): Promise<T> {
    return new Promise((resolve, reject) => {
      const settle = (work: () => void): void => {
        clearTimeout(late);
        this.child.off('message', heard).off('exit', gone);
        work();
      };
      const heard = (message: object): void => {
        if (member in message) settle(() => resolve(message as T));
      };
      const gone = (code: number | null): void =>
        settle(() => reject(new Error(`${this.name} ended with ${code}: ${this.said}`)));
      const late = setTimeout(() => settle(() => reject(new Error(`${this.name} says nothing`))), patienceMs);
      this.child.on('message', heard).on('exit', gone);
    });
  }

  asks<T extends object>(question: object, member: string, patienceMs?: number): Promise<T> {
    const answer = this.hears<T>(member, patienceMs);
    this.child.send(question);
    return answer;
  }

  async ends(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = once(this.child, 'exit');
    this.child.kill(signal);
    const late = setTimeout(() => this.child.kill('SIGKILL'), 15_000);
    await gone;
    clearTimeout(late);
  }
}
