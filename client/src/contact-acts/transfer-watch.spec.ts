import { describe, expect, it } from 'vitest';
import type { ContactView, ConversationRow, OfferOutcome } from '#libs/contracts/index.js';
import { TransferWatch } from './transfer-watch.js';

const contact = { id: '9', state: 'active', assignee: { id: '1', name: '葵' }, offeredTo: null } as ContactView;
const row = (version: number, change: Partial<ContactView> | null): ConversationRow =>
  ({ id: '5', version, contact: change === null ? null : { ...contact, ...change } }) as ConversationRow;

function watched(outcome: OfferOutcome | null = 'declined') {
  const told: string[] = [];
  const watch = new TransferWatch({
    me: () => '1',
    outcome: (...asked) => {
      told.push(`asked ${asked.join(' ')}`);
      return Promise.resolve(outcome);
    },
    tell: (end, agentId) => told.push(`${end} ${agentId}`),
  });
  return { watch, told };
}

describe('whoever hands a contact over', () => {
  it('is told when it was accepted', () => {
    const { watch, told } = watched();
    watch.see(row(1, { offeredTo: '2' }));
    watch.see(row(2, { offeredTo: null, assignee: { id: '2', name: '蓮' } }));
    watch.see(row(3, { offeredTo: null, assignee: { id: '2', name: '蓮' } }));
    expect(told).toEqual(['accepted 2']);
  });

  it.each(['declined', 'expired', 'withdrawn'] as const)('is told when it was %s', async (outcome) => {
    const { watch, told } = watched(outcome);
    watch.see(row(1, { offeredTo: '2' }));
    watch.see(row(2, {}));
    await Promise.resolve();
    await Promise.resolve();
    expect(told).toEqual(['asked 5 9 2', `${outcome} 2`]);
  });

  it('is told when the conversation left her eyes with it', () => {
    const { watch, told } = watched();
    watch.see(row(1, { offeredTo: '2' }));
    watch.gone('5');
    watch.gone('5');
    expect(told).toEqual(['left 2']);
  });

  it('is not told what she did herself, nor what concerns another contact', () => {
    const { watch, told } = watched();
    watch.see(row(1, { offeredTo: '2' }));
    watch.forget('5');
    watch.see(row(2, {}));
    watch.see(row(3, { offeredTo: '2' }));
    watch.see(row(4, null));
    watch.see(row(5, { offeredTo: '2' }));
    watch.see(row(6, { assignee: null, state: 'queued' }));
    expect(told).toEqual([]);
  });

  it('does not hear of what others hand over', () => {
    const { watch, told } = watched();
    watch.see(row(1, { offeredTo: '2', assignee: { id: '3', name: '空' } }));
    watch.see(row(2, { assignee: { id: '2', name: '蓮' } }));
    expect(told).toEqual([]);
  });

  it('ignores a row that is older than what she knows', () => {
    const { watch, told } = watched();
    watch.see(row(4, { offeredTo: '2' }));
    watch.see(row(3, { assignee: { id: '2', name: '蓮' } }));
    expect(told).toEqual([]);
  });
});
