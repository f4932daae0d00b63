import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { openDataSource } from './data-source.js';

const message = (type: string, body: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(type), length, body]);
};
const welcome = [message('R', Buffer.alloc(4)), message('Z', Buffer.from('I'))];
const goodbye = message('E', Buffer.from('SFATAL\0VFATAL\0C57P01\0Mterminating connection\0\0'));

it('a session that ends in the packet in which it begins is a refusal, not the end of the process', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(Buffer.concat([...welcome, goodbye])));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const faults: unknown[] = [];
  const onPoolError = (fault: unknown): unknown => faults.push(fault);
  const database = openDataSource(`postgres://a:b@127.0.0.1:${port}/c`, [], { poolSize: 2, onPoolError });
  await expect(database.initialize()).rejects.toThrow();
  expect(faults).toContainEqual(expect.objectContaining({ code: '57P01' }));
  server.close();
});
