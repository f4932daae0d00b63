import { describe, expect, it } from 'vitest';
import type { MessageView } from '#libs/contracts/index.js';
import { ApiError } from '../http/api-error.js';
import { Outbox, type Unsent } from './outbox.js';

interface Try {
  unsent: Unsent;
  succeed: () => void;
  refuse: (error: Error) => void;
}

function desk() {
  const tries: Try[] = [];
  const stored: string[] = [];
  const pauses: number[] = [];
  let time = 0;
  const outbox = new Outbox({
    post: (unsent) =>
      new Promise((resolve, reject) => {
        tries.push({
          unsent,
          succeed: () => resolve({ clientId: unsent.clientId } as MessageView),
          refuse: reject,
        });
      }),
    stored: (unsent) => void stored.push(unsent.text),
    now: () => time,
    pause: (milliseconds) => {
      pauses.push(milliseconds);
      time += milliseconds;
      return Promise.resolve();
    },
    random: () => 1,
  });
  const write = (text: string, conversationId = '1', kind: Unsent['kind'] = 'message') =>
    outbox.add({ clientId: text, conversationId, kind, text });
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  return { outbox, tries, stored, pauses, write, settle };
}

const unreachable = () => new ApiError('network', 0);

describe('the outbox', () => {
  it('sends the next message of a conversation only when the one before it is stored', async () => {
    const { tries, stored, write, settle, outbox } = desk();
    write('first');
    write('second');
    expect(tries.map((each) => each.unsent.text)).toEqual(['first']);
    tries[0]!.succeed();
    await settle();
    expect(tries.map((each) => each.unsent.text)).toEqual(['first', 'second']);
    tries[1]!.succeed();
    await settle();
    expect(stored).toEqual(['first', 'second']);
    expect(outbox.all()).toEqual([]);
  });

  it('lets conversations go side by side', () => {
    const { tries, write } = desk();
    write('a', '1');
    write('b', '2');
    expect(tries.map((each) => each.unsent.text)).toEqual(['a', 'b']);
  });

  it('tries again with the same clientId when no answer came', async () => {
    const { tries, stored, pauses, write, settle } = desk();
    write('hello');
    tries[0]!.refuse(unreachable());
    await settle();
    tries[1]!.refuse(new ApiError('internal', 502));
    await settle();
    tries[2]!.succeed();
    await settle();
    expect(tries.map((each) => each.unsent.clientId)).toEqual(['hello', 'hello', 'hello']);
    expect(pauses).toEqual([1000, 2000]);
    expect(stored).toEqual(['hello']);
  });

  it('keeps a refused message, and fails what stood behind it instead of overtaking it', async () => {
    const { outbox, tries, write, settle } = desk();
    write('one');
    write('two');
    write('memo', '1', 'note');
    tries[0]!.refuse(new ApiError('not_assignee', 409));
    await settle();
    expect(outbox.all().map((each) => [each.text, each.state, each.fault])).toEqual([
      ['one', 'failed', 'not_assignee'],
      ['two', 'failed', 'not_assignee'],
      ['memo', 'sending', null],
    ]);
    expect(tries.at(-1)?.unsent.text).toBe('memo');
  });

  it('sends a failed message again on request, and forgets it on request', async () => {
    const { outbox, tries, stored, write, settle } = desk();
    write('again');
    tries[0]!.refuse(new ApiError('forbidden', 403));
    await settle();
    outbox.retry('again');
    tries[1]!.succeed();
    await settle();
    expect(stored).toEqual(['again']);
    write('never');
    tries[2]!.refuse(new ApiError('forbidden', 403));
    await settle();
    outbox.discard('never');
    expect(outbox.all()).toEqual([]);
  });

  it('gives up after two minutes without an answer', async () => {
    const { outbox, tries, write, settle } = desk();
    write('lost');
    for (let index = 0; index < 40 && outbox.all()[0]?.state !== 'failed'; index += 1) {
      tries.at(-1)!.refuse(unreachable());
      await settle();
    }
    expect(outbox.all()[0]).toMatchObject({ state: 'failed', fault: 'network' });
    expect(tries.length).toBeGreaterThan(10);
  });

  it('does not send what its own event has already confirmed', async () => {
    const { outbox, tries, write, settle } = desk();
    write('heard');
    outbox.confirm('heard');
    tries[0]!.refuse(unreachable());
    await settle();
    expect(tries).toHaveLength(1);
    expect(outbox.all()).toEqual([]);
  });
});
