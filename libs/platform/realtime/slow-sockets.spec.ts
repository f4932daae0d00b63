import { afterEach, describe, expect, it } from 'vitest';
import { SlowSockets } from './slow-sockets.js';
import type { ConsoleSocket } from './console-socket.js';

class FakeSocket {
  readonly id = 's1';
  connected = true;
  readonly rooms = new Set(['s1', 'account:1', 'conversation:7']);
  readonly conn = { writeBuffer: [] as unknown[] };
  readonly told: unknown[] = [];
  leave(room: string): void {
    this.rooms.delete(room);
  }
  emit(name: string, event: unknown): void {
    this.told.push([name, event]);
  }
  holdsBack(packets: number): void {
    this.conn.writeBuffer = Array.from({ length: packets });
  }
}

describe('a browser that does not take its news', () => {
  let slow: SlowSockets | undefined;
  afterEach(() => slow?.close());

  const watched = (socket: FakeSocket) => {
    const seated: unknown[] = [];
    slow = new SlowSockets(
      () => [socket as unknown as ConsoleSocket],
      (again) => Promise.resolve(void seated.push(again)),
    );
    return { slow, seated };
  };

  it('gets no more of them, and is told to ask once it has caught up', async () => {
    const socket = new FakeSocket();
    const { slow: all, seated } = watched(socket);
    socket.holdsBack(501);
    all.look();
    expect([...socket.rooms]).toEqual(['s1']);
    expect(all.count).toBe(1);
    socket.holdsBack(200);
    all.look();
    expect(seated).toEqual([]);
    socket.holdsBack(3);
    all.look();
    await Promise.resolve();
    expect(seated).toEqual([socket]);
    expect(socket.told).toEqual([['resync', { reason: 'overflow' }]]);
    expect(all.count).toBe(0);
  });

  it('is left alone while it keeps up, and forgotten when it goes', () => {
    const socket = new FakeSocket();
    const { slow: all } = watched(socket);
    socket.holdsBack(400);
    all.look();
    expect(socket.rooms.size).toBe(3);
    socket.holdsBack(1000);
    all.look();
    socket.connected = false;
    all.look();
    expect(all.count).toBe(0);
  });
});
