import { expect, it } from 'vitest';
import type { ConversationDetail, MessagePage } from '#libs/contracts/index.js';
import { Ahead } from './ahead.js';

function desk() {
  let time = 0;
  const asked: string[] = [];
  const answer =
    <T>(what: string) =>
    async (id: string) => {
      asked.push(`${what} ${id}`);
      if (id === '404') throw new Error('gone');
      return { id } as T;
    };
  const ahead = new Ahead({
    detail: answer<ConversationDetail>('detail'),
    page: answer<MessagePage>('page'),
    now: () => time,
  });
  return { ahead, asked, passes: (milliseconds: number) => (time += milliseconds) };
}

it('what the pointer rests on is read once, and used by whatever opens it', async () => {
  const { ahead, asked, passes } = desk();
  ahead.read('1');
  passes(1_000);
  ahead.read('1');
  expect(asked).toEqual(['detail 1', 'page 1']);
  expect(await ahead.detail('2')).toBeUndefined();
  const [detail, page] = await Promise.all([ahead.detail('1'), ahead.page('1')]);
  expect([detail, page]).toEqual([{ id: '1' }, { id: '1' }]);
  expect([await ahead.detail('1'), await ahead.page('1')]).toEqual([undefined, undefined]);
});

it('is forgotten for news of it, for its age, and where it failed', async () => {
  const { ahead, asked, passes } = desk();
  ahead.read('1');
  const coming = ahead.detail('1');
  ahead.forget('1');
  expect(await coming).toBeUndefined();
  passes(300);
  ahead.read('2');
  passes(5_001);
  expect(await ahead.detail('2')).toBeUndefined();
  ahead.read('404');
  expect([await ahead.detail('404'), await ahead.page('404')]).toEqual([undefined, undefined]);
  // A wandering pointer.
  ahead.read('3');
  expect(asked).not.toContain('detail 3');
});
