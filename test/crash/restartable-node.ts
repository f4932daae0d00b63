import { eventually } from '../support/eventually.js';
import { Line } from '../support/line.js';
import { ProcessNode } from '../support/process-node.js';

/** A node as its supervisor keeps it: one address, and after a death another process behind it, for as long as it takes. */
export class RestartableNode {
  private constructor(
    private readonly databaseUrl: string,
    private readonly values: Record<string, string>,
    private node: ProcessNode,
    readonly line: Line,
  ) {}

  static async start(databaseUrl: string, values: Record<string, string>): Promise<RestartableNode> {
    const node = await ProcessNode.start(databaseUrl, values);
    return new RestartableNode(databaseUrl, values, node, await Line.to(node.url));
  }

  get url(): string {
    return this.line.url;
  }

  /** Why it is gone although nobody killed it; null while it lives. */
  get ownDeath(): string | null {
    return this.node.alive ? null : `the ${this.values['ROLE']} node ended by itself: ${this.node.said()}`;
  }

  /** kill −9. */
  killed(): Promise<void> {
    return this.node.killed();
  }

  /** SIGTERM, and gone once it has tidied up. */
  stopped(): Promise<void> {
    return this.node.stopped();
  }

  async comesBack(): Promise<void> {
    if (this.node.alive) return;
    const start = () => ProcessNode.start(this.databaseUrl, this.values).catch(() => null);
    this.node = await eventually(start, 'a process that was started again', 60_000);
    this.line.leadsTo(this.node.url);
  }

  async close(): Promise<void> {
    await this.node.stopped();
    await this.line.close();
  }
}
