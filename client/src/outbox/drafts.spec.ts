import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DraftBody, DraftEvent } from '#libs/contracts/index.js';
import { Drafts } from './drafts.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function desk(fail = { times: 0 }) {
  const saved: [string, DraftBody, boolean][] = [];
  const drafts = new Drafts(
    {
      save: (id, body, lastChance) => {
        if (fail.times > 0) {
          fail.times -= 1;
          return Promise.reject(new Error('down'));
        }
        saved.push([id, body, lastChance]);
        return Promise.resolve();
      },
    },
    'here',
  );
  return { drafts, saved };
}

const heard = (text: string, version: number, more: Partial<DraftEvent> = {}): DraftEvent => ({
  conversationId: '1',
  text,
  note: '',
  mentions: [],
  answering: null,
  version,
  desk: 'elsewhere',
  ...more,
});

describe('drafts', () => {
  it('reach the server once the hands rest, not with every key', async () => {
    const { drafts, saved } = desk();
    drafts.open('1', null);
    drafts.write('1', { reply: 'お' }, 7);
    drafts.write('1', { reply: 'お待' }, 8);
    drafts.write('1', { note: 'VIP' });
    await vi.advanceTimersByTimeAsync(700);
    expect(saved).toEqual([['1', { text: 'お待', note: 'VIP', mentions: [], answering: 7, desk: 'here' }, false]]);
  });

  it('win over the server while they are not saved, and give way once they are', async () => {
    const { drafts } = desk();
    drafts.open('1', heard('old', 1));
    drafts.write('1', { reply: 'newer' });
    expect(drafts.open('1', heard('other', 2)).reply).toBe('newer');
    drafts.hear(heard('heard', 3));
    expect(drafts.get('1').reply).toBe('newer');
    await vi.advanceTimersByTimeAsync(700);
    expect(drafts.open('1', heard('from another desk', 4)).reply).toBe('from another desk');
    drafts.hear(heard('and on', 5));
    expect(drafts.get('1').reply).toBe('and on');
  });

  it('take no older news, none of their own, and none into a composition', async () => {
    const { drafts } = desk();
    drafts.open('1', heard('five', 5));
    drafts.hear(heard('four', 4));
    expect(drafts.get('1').reply).toBe('five');
    drafts.write('1', { reply: 'mine' });
    await vi.advanceTimersByTimeAsync(700);
    drafts.write('1', { reply: 'mine, longer' });
    drafts.hear(heard('mine', 6, { desk: 'here' }));
    expect(drafts.get('1').reply).toBe('mine, longer');
    await vi.advanceTimersByTimeAsync(700);
    drafts.compose('1');
    drafts.hear(heard('theirs', 8));
    expect(drafts.get('1').reply).toBe('mine, longer');
    drafts.compose(null);
    drafts.hear(heard('theirs', 9));
    expect(drafts.get('1').reply).toBe('theirs');
  });

  it('are emptied by the news that they were sent on another screen', () => {
    const { drafts } = desk();
    drafts.open('1', heard('はい', 1, { note: '控え' }));
    drafts.hear(heard('', 2, { note: '控え', desk: null }));
    expect(drafts.get('1')).toMatchObject({ reply: '', note: '控え' });
    expect(drafts.signOf('1')).toEqual({ kind: 'note', preview: '控え' });
    drafts.hear(heard('', 3, { desk: null }));
    expect(drafts.signOf('1')).toBeNull();
  });

  it('that are there no longer after a cut are gone here too, but not what was saved meanwhile', async () => {
    const { drafts } = desk();
    drafts.open('1', heard('sent elsewhere', 1));
    drafts.open('2', null);
    drafts.write('2', { reply: 'new' });
    let answer = (_: []) => undefined as void;
    const refreshed = drafts.refresh(() => new Promise((resolve) => (answer = resolve)));
    await vi.advanceTimersByTimeAsync(700);
    answer([]);
    await refreshed;
    expect([drafts.get('1').reply, drafts.get('2').reply]).toEqual(['', 'new']);
    expect([drafts.signOf('1'), drafts.signOf('2')?.preview]).toEqual([null, 'new']);
  });

  it('are tried again when the line is down', async () => {
    const { drafts, saved } = desk({ times: 1 });
    drafts.open('1', null);
    drafts.write('1', { reply: 'hello' });
    await vi.advanceTimersByTimeAsync(700);
    expect(saved).toEqual([]);
    await vi.advanceTimersByTimeAsync(5000);
    expect(saved.map(([, { text }]) => text)).toEqual(['hello']);
  });

  it('are saved at the last moment when the page closes', () => {
    const { drafts, saved } = desk();
    drafts.open('1', null);
    drafts.open('2', heard('same', 1, { conversationId: '2' }));
    drafts.write('1', { reply: 'half a sen' });
    void drafts.flushAll();
    expect(saved.map(([id, { text }, lastChance]) => [id, text, lastChance])).toEqual([['1', 'half a sen', true]]);
  });

  it('keep the mentions of a note where they stand, and what a reply was begun for', () => {
    const { drafts } = desk();
    drafts.open('1', null);
    drafts.write('1', { note: '@葵 へ', mentions: [{ agentId: '4', start: 0, length: 2 }] });
    drafts.write('1', { note: 'あ@葵 へ' });
    expect(drafts.get('1').mentions).toEqual([{ agentId: '4', start: 1, length: 2 }]);
    drafts.write('1', { reply: 'は' }, 3);
    drafts.write('1', { reply: 'はい' }, 4);
    expect(drafts.get('1').answering).toBe(3);
    drafts.write('1', { reply: '' }, 5);
    expect(drafts.get('1').answering).toBeNull();
  });
});
