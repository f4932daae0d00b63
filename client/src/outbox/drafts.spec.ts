import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Drafts } from './drafts.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function desk(fail = { times: 0 }) {
  const saved: [string, string, boolean][] = [];
  const drafts = new Drafts({
    save: (id, text, lastChance) => {
      if (fail.times > 0) {
        fail.times -= 1;
        return Promise.reject(new Error('down'));
      }
      saved.push([id, text, lastChance]);
      return Promise.resolve();
    },
  });
  return { drafts, saved };
}

describe('drafts', () => {
  it('reach the server once the hands rest, not with every key', async () => {
    const { drafts, saved } = desk();
    drafts.open('1', '');
    drafts.write('1', { reply: 'お' });
    drafts.write('1', { reply: 'お待' });
    await vi.advanceTimersByTimeAsync(700);
    expect(saved).toEqual([['1', 'お待', false]]);
  });

  it('win over the server while they are not saved, and give way once they are', async () => {
    const { drafts } = desk();
    drafts.open('1', 'old');
    drafts.write('1', { reply: 'newer' });
    expect(drafts.open('1', 'old').reply).toBe('newer');
    await vi.advanceTimersByTimeAsync(700);
    expect(drafts.open('1', 'from another desk').reply).toBe('from another desk');
  });

  it('are tried again when the line is down', async () => {
    const { drafts, saved } = desk({ times: 1 });
    drafts.open('1', '');
    drafts.write('1', { reply: 'hello' });
    await vi.advanceTimersByTimeAsync(700);
    expect(saved).toEqual([]);
    await vi.advanceTimersByTimeAsync(5000);
    expect(saved).toEqual([['1', 'hello', false]]);
  });

  it('are saved at the last moment when the page closes', () => {
    const { drafts, saved } = desk();
    drafts.open('1', '');
    drafts.open('2', 'same');
    drafts.write('1', { reply: 'half a sen' });
    drafts.flushAll();
    expect(saved).toEqual([['1', 'half a sen', true]]);
  });

  it('keep a note apart from the reply and off the server', async () => {
    const { drafts, saved } = desk();
    drafts.open('1', '');
    drafts.write('1', { note: 'VIP', tab: 'note' });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(saved).toEqual([]);
    expect(drafts.open('1', '')).toMatchObject({ note: 'VIP', tab: 'note', reply: '' });
  });
});
