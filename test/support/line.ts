import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/**
 * An address that stays while the server behind it comes and goes, as a load balancer's does. Every connection through
 * it can be cut at once.
 */
export class Line {
  private readonly ends = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private port: number,
    readonly url: string,
  ) {}

  static async to(url: string): Promise<Line> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const line = new Line(server, portOf(url), `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('connection', (near) => line.join(near));
    return line;
  }

  /** New connections lead there. */
  leadsTo(url: string): void {
    this.port = portOf(url);
  }

  cut(): void {
    for (const end of this.ends) end.destroy();
  }

  async close(): Promise<void> {
    this.server.close();
    this.cut();
    await once(this.server, 'close');
  }

  private join(near: Socket): void {
    const far = connect(this.port, '127.0.0.1');
    for (const [end, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.ends.add(end);
      end.setNoDelay(true);
      end.pipe(other);
      end.on('error', () => undefined);
      end.on('close', () => {
        this.ends.delete(end);
        other.destroy();
      });
    }
  }
}

const portOf = (url: string): number => Number(new URL(url).port);
