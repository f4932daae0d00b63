import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileLimits, type MediaContent } from '#libs/contracts/index.js';
import type { AgentDesk } from '../support/agent-desk.js';
import { Carrier } from '../support/carrier.js';
import { eventually } from '../support/eventually.js';
import { bomb, drawing } from '../support/pictures.js';
import { World, type OfficialAccount } from '../support/world.js';

let world: World;
let account: OfficialAccount;
let aoi: AgentDesk;
let carrier: Carrier;
let store: Store;
let phones = 0;

/** Whatever a carrier's store might answer, byte by byte. */
class Store {
  answers = new Map<string, (write: (bytes: Buffer | string) => Promise<boolean>, end: () => void) => unknown>();
  sent = 0;
  constructor(
    readonly server: Server,
    readonly port: number,
  ) {}

  static async open(): Promise<Store> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const store = new Store(server, (server.address() as AddressInfo).port);
    server.on('connection', (socket) => {
      socket.on('error', () => undefined);
      socket.once('data', (head) => {
        const path = head.toString('latin1').split(' ')[1]!;
        const write = (bytes: Buffer | string) =>
          new Promise<boolean>((resolve) => {
            if (socket.destroyed) return resolve(false);
            store.sent += bytes.length;
            socket.write(bytes, (fault) => resolve(!fault));
          });
        const answer = store.answers.get(path);
        if (answer) void answer(write, () => socket.end());
        else socket.end('HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
      });
    });
    return store;
  }

  file(path: string, bytes: Buffer, length: number | null = bytes.length): void {
    this.answers.set(path, async (write, end) => {
      await write(
        `HTTP/1.1 200 OK\r\n${length === null ? '' : `content-length: ${length}\r\n`}connection: close\r\n\r\n`,
      );
      await write(bytes);
      end();
    });
  }

  /** Never ends by itself. */
  endless(path: string, head: string): void {
    const piece = Buffer.alloc(1024 * 1024);
    this.answers.set(path, async (write) => {
      await write(`HTTP/1.1 200 OK\r\n${head}\r\n`);
      const chunked = head.includes('chunked');
      const bytes = chunked ? Buffer.concat([Buffer.from('100000\r\n'), piece, Buffer.from('\r\n')]) : piece;
      while (await write(bytes));
    });
  }
}

beforeAll(async () => {
  [world, store] = await Promise.all([World.open(), Store.open()]);
  account = await world.account();
  aoi = await world.agent(account);
  carrier = new Carrier(aoi.url, account);
  await world.query(`update carrier_connections set settings = settings || $2 where id = $1`, [
    account.connection.id,
    JSON.stringify({ mediaHosts: [`127.0.0.1:${store.port}`] }),
  ]);
});
afterAll(async () => {
  store?.server.close();
  await world?.close();
});

/** What becomes of a customer's file with this address. */
async function received(url: string, mimeType = 'image/png', fileSize = 1000): Promise<MediaContent> {
  phones += 1;
  const phone = `+8180${String(20_000_000 + phones)}`;
  const told = await carrier.tells({
    event: 'message',
    RCSMessage: {
      msgId: `file-${phones}`,
      fileMessage: { fileUrl: url, fileName: 'file.png', fileMIMEType: mimeType, fileSize },
    },
    messageContact: { userContact: phone },
  });
  expect(told.status).toBe(200);
  const { id } = await aoi.conversationWith({ phone });
  return eventually(async () => {
    const content = (await aoi.messages(id))[0]?.content as MediaContent | undefined;
    return content?.state === 'preparing' ? null : content;
  }, 'the file to be there or not');
}

const at = (path: string) => `http://127.0.0.1:${store.port}${path}`;

describe("a customer's file", () => {
  it('that is a picture keeps its room, and has smaller ones', async () => {
    store.file('/a', await drawing(640, 400));
    const content = await received(at('/a'));
    expect(content).toMatchObject({ state: 'ready', mimeType: 'image/png', width: 640, height: 400, thumbnails: true });
    const small = await fetch(`${aoi.url}/api/media/${content.mediaId}/small`, { headers: { cookie: aoi.cookie } });
    expect([small.status, small.headers.get('content-type')]).toEqual([200, 'image/webp']);
  });

  it('that is a page in the clothes of a picture is not kept', async () => {
    store.file('/page', Buffer.from('<!doctype html><script>1</script>'));
    expect(await received(at('/page'))).toMatchObject({ state: 'unavailable', refusal: 'typeMismatch', mediaId: null });
  });

  it('of another kind is kept, and shown by nobody', async () => {
    store.file('/doc', Buffer.from('<html>memo</html>'));
    const content = await received(at('/doc'), 'text/html');
    expect(content).toMatchObject({ state: 'ready', mimeType: 'application/octet-stream' });
    const answer = await fetch(`${aoi.url}/api/media/${content.mediaId}`, { headers: { cookie: aoi.cookie } });
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment/);
  });

  it('that would burst, or never ends, or lies about its length, leaves memory as it was', async () => {
    const before = process.memoryUsage.rss();
    store.file('/bomb', bomb(40_000, 40_000));
    expect(await received(at('/bomb'))).toMatchObject({ state: 'unavailable', refusal: 'tooManyPixels' });

    store.endless('/endless', 'transfer-encoding: chunked\r\n');
    store.sent = 0;
    expect(await received(at('/endless'))).toMatchObject({ state: 'unavailable', refusal: 'tooLarge' });
    expect(store.sent).toBeLessThan(fileLimits.bytes * 1.3);

    // A head of four gigabytes is believed at once; one of ten bytes gets ten bytes.
    store.endless('/four', 'content-length: 4294967296\r\n');
    store.sent = 0;
    expect(await received(at('/four'))).toMatchObject({ state: 'unavailable', refusal: 'tooLarge' });
    expect(store.sent).toBeLessThan(16 * 1024 * 1024);
    store.endless('/ten', 'content-length: 10\r\n');
    expect(await received(at('/ten'), 'application/zip')).toMatchObject({ state: 'ready', size: 10 });

    const grown = (process.memoryUsage.rss() - before) / 1024 / 1024;
    console.log(`RSS after a bomb, an endless body and two false heads: ${grown.toFixed(0)} MB more`);
    expect(grown).toBeLessThan(120);
  });

  it('at an address of nobody the connection knows is never asked for', async () => {
    const content = await received('http://169.254.169.254/latest/meta-data');
    expect(content).toMatchObject({ state: 'unavailable', refusal: 'notOurs' });
  });

  it('that leads from the carrier to somewhere else is not followed', async () => {
    store.answers.set('/away', async (write, end) => {
      await write(
        'HTTP/1.1 302 Found\r\nlocation: http://169.254.169.254/\r\ncontent-length: 0\r\nconnection: close\r\n\r\n',
      );
      end();
    });
    expect(await received(at('/away'))).toMatchObject({ state: 'unavailable', refusal: 'notOurs' });
  });
});
