import { Settings } from '#libs/platform/settings/index.js';
import { startConsole, type Console } from '../apps/console/console.js';
import type { Size } from './database/databases.js';
import { Databases } from './database/databases.js';
import { MASTER_KEY, pointToCarrier, readDoors, withClient, type Door } from './database/premises.js';
import { CarrierReceiver } from './load/carrier-receiver.js';
import { Customers } from './load/customers.js';
import { Child } from './processes/child.js';
import { ConsoleProcess } from './processes/console-process.js';

/** A database of one size, with what is needed to knock at its console's doors. */
export interface Site {
  databaseUrl: string;
  doors: Door[];
  customers: Customers;
  size: Size;
}

export type SiteName = 'large' | 'small' | 'queueing' | 'matching' | 'answering';

/** Whatever a measurement asks for is started then, once, and stopped at the end. */
export class Stage {
  private readonly made = new Map<string, Promise<unknown>>();
  private readonly stops: (() => Promise<unknown> | void)[] = [];

  private readonly served = new Set<SiteName>();

  private constructor(
    private readonly databases: Databases,
    private readonly sizes: Record<SiteName, Size>,
  ) {}

  static async open(dataDir: string, sizes: Record<SiteName, Size>, onStep: (text: string) => void): Promise<Stage> {
    return new Stage(await Databases.open(dataDir, onStep), sizes);
  }

  site(name: SiteName): Promise<Site> {
    return this.once(`site ${name}`, async () => {
      const size = this.sizes[name];
      const databaseUrl = await this.databases.copy(size, name);
      await pointToCarrier(databaseUrl, (await this.carrier()).url);
      const doors = await readDoors(databaseUrl);
      return { databaseUrl, doors, customers: new Customers(size.conversations, doors), size };
    });
  }

  console(name: SiteName): Promise<ConsoleProcess> {
    this.served.add(name);
    return this.once(`console ${name}`, async () => this.freshConsole(name));
  }

  /** A node with bots in its list. */
  answering(): Promise<ConsoleProcess> {
    return this.once('console with bots', async () => {
      const { databaseUrl } = await this.site('answering');
      const console = await ConsoleProcess.start(databaseUrl, this.databases.dataDir, 0, 'bench/bots/main.js');
      this.stops.push(() => console.stops());
      return console;
    });
  }

  /** A node inside this process, where what it does can be counted. */
  house(name: SiteName): Promise<Console> {
    return this.once(`house ${name}`, async () => {
      const { databaseUrl } = await this.site(name);
      const settings = new Settings({
        port: 0,
        databaseUrl,
        dataDir: this.databases.dataDir,
        masterKey: MASTER_KEY,
        logLevel: 'error',
        role: 'web',
      });
      const house = await startConsole(settings, '127.0.0.1');
      this.stops.push(() => house.close());
      return house;
    });
  }

  /** Another node, which whoever asks for it stops. */
  async freshConsole(name: SiteName, port = 0): Promise<ConsoleProcess> {
    const { databaseUrl } = await this.site(name);
    const console = await ConsoleProcess.start(databaseUrl, this.databases.dataDir, port);
    this.stops.push(() => console.stops());
    return console;
  }

  /** Bare server on a copy of the large database, which the naive inbox shares: their rows do not meet. */
  floor(): Promise<{ child: Child; url: string }> {
    return this.once('floor', () => this.program('the floor', 'bench/floor/main.js'));
  }

  naive(): Promise<{ child: Child; url: string }> {
    return this.once('naive', () => this.program('the naive inbox', 'bench/naive/main.js'));
  }

  carrier(): Promise<CarrierReceiver> {
    return this.once('carrier', async () => {
      const carrier = await CarrierReceiver.open();
      this.stops.push(() => carrier.close());
      return carrier;
    });
  }

  /** What consoles still do behind the messages they took: nobody is measured beside the end of somebody else's flood. */
  async settles(): Promise<void> {
    for (const name of this.served) {
      const { databaseUrl } = await this.site(name);
      await withClient(databaseUrl, async (client) => {
        const caughtUp = async (): Promise<boolean> => {
          const { rows } = await client.query<{ done: boolean }>(
            'select upto >= (select coalesce(max(id), 0) from messages) as done from search_progress',
          );
          return rows[0]!.done;
        };
        while (!(await caughtUp())) await new Promise((again) => setTimeout(again, 200));
      });
    }
  }

  async close(): Promise<void> {
    for (const stop of this.stops.splice(0).reverse()) await stop();
    await this.databases.dropCopies();
    await this.databases.stop();
  }

  private async program(name: string, path: string): Promise<{ child: Child; url: string }> {
    const url = await this.once('floor database', () => this.databases.copy(this.sizes.large, 'floor'));
    const [door] = await readDoors(url);
    const child = Child.start(name, path, { DATABASE_URL: url, CONNECTION_ID: door!.connectionId });
    this.stops.push(() => child.ends());
    const { url: address } = await child.hears<{ url: string }>('ready');
    return { child, url: address };
  }

  private once<T>(name: string, make: () => Promise<T>): Promise<T> {
    const known = this.made.get(name) as Promise<T> | undefined;
    if (known) return known;
    const making = make();
    this.made.set(name, making);
    return making;
  }
}
