import 'reflect-metadata';
import { describe, expect, it, vi } from 'vitest';
import type { Announcements, Sockets } from '#libs/platform/realtime/index.js';
import type { Log } from '#libs/platform/telemetry/index.js';
import { AgentRights } from './agent-rights.service.js';
import { permissionsOf } from './permissions.js';
import type { Rights, RightsReader } from './rights.service.js';
import { SessionSockets } from './session-sockets.service.js';
import type { Sessions } from './sessions.service.js';

const rights = (...accountIds: string[]): Rights => ({
  agent: { id: '1', name: 'Aoi', email: 'aoi@people.example', role: 'agent', visibility: 'own', locale: 'ja' },
  accountIds,
  permissions: permissionsOf.agent,
});

/** One socket of agent 1, and rights that are read when the test says so. */
function house() {
  const socket = { data: { person: { agentId: '1', sessionId: '7' } }, disconnect: vi.fn(), conn: { close: vi.fn() } };
  const reads: Read[] = [];
  const handlers = new Map<string, (refs: unknown[]) => unknown>();
  const listeners = new AgentRights();
  const sockets = { local: () => [socket], authenticateWith: () => undefined };
  const announcements = {
    on: (topic: string, handler: (refs: unknown[]) => unknown) => handlers.set(topic, handler),
    onGap: () => undefined,
  };
  const reader = {
    of: () =>
      new Promise<Map<string, Rights>>((resolve, reject) => {
        reads.push({ answer: (value) => resolve(new Map(value && [['1', value]])), fail: reject });
      }),
  };
  new SessionSockets(
    sockets as unknown as Sockets,
    announcements as unknown as Announcements,
    {} as Sessions,
    reader as unknown as RightsReader,
    listeners,
    { error: () => undefined } as unknown as Log,
  ).onModuleInit();
  return { socket, reads, listeners, agentChanged: () => handlers.get('sessions')!([{ agentId: '1' }]) };
}

interface Read {
  answer(rights: Rights | null): void;
  fail(fault: Error): void;
}

describe('rights that change', () => {
  it('are told at once as changing, and never as they were before a later change', async () => {
    const { reads, listeners, agentChanged } = house();
    const heard: (string[] | undefined)[] = [];
    const told = vi.fn();
    listeners.onChanged(async (_, now) => {
      told();
      heard.push((await now)?.accountIds);
    });
    agentChanged();
    agentChanged();
    expect(told).toHaveBeenCalledTimes(2);
    reads[1]!.answer(rights());
    reads[0]!.answer(rights('an account that was taken away'));
    await vi.waitFor(() => expect(reads).toHaveLength(3));
    reads[2]!.answer(rights());
    await vi.waitFor(() => expect(heard).toEqual([[], []]));
  });

  it('cut the sockets of whoever has none left', async () => {
    const { socket, reads, agentChanged } = house();
    agentChanged();
    reads[0]!.answer(null);
    await vi.waitFor(() => expect(socket.disconnect).toHaveBeenCalledWith(true));
  });

  it('drop the connection when they cannot be read, so that it comes back and is asked', async () => {
    const { socket, reads, listeners, agentChanged } = house();
    const heard = vi.fn();
    listeners.onChanged(async (_, now) => heard(await now));
    agentChanged();
    reads[0]!.fail(new Error('no database'));
    await vi.waitFor(() => expect(heard).toHaveBeenCalledWith(null));
    expect(socket.conn.close).toHaveBeenCalled();
    expect(socket.disconnect).not.toHaveBeenCalled();
  });
});
