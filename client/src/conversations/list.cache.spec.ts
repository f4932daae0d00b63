import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConversationPage, ConversationRow, ListOrder, View } from '#libs/contracts/index.js';
import {
  appendPage,
  applyCustomer,
  applyListChanges,
  applyRow,
  belongs,
  compareRows,
  listFromPage,
  type ListRules,
} from './list.cache.js';

const ME = '1';
const START = Date.parse('2026-03-01T00:00:00.000Z');

interface Shape {
  version?: number;
  waits?: number | null;
  activity?: number;
  assignee?: string | null;
  state?: 'bot' | 'queued' | 'offered' | 'active' | 'closed';
  accountId?: string;
  queueId?: string;
}

function customerOf(id: string): ConversationRow['customer'] {
  return {
    id,
    name: null,
    kana: null,
    phone: null,
    phoneDisplay: '090-0000-0001',
    phoneMasked: false,
    version: 1,
    personId: id,
    verifiedUntil: null,
    blocked: false,
    optedOut: false,
    former: false,
  };
}

function row(id: string, shape: Shape = {}): ConversationRow {
  const at = (seconds: number) => new Date(START + seconds * 1000).toISOString();
  const assignee = shape.assignee ?? null;
  return {
    id,
    version: shape.version ?? 1,
    accountId: shape.accountId ?? '1',
    customer: customerOf(`c${id}`),
    lastMessage: null,
    unread: 0,
    waitingSince: shape.waits === undefined || shape.waits === null ? null : at(shape.waits),
    lastActivityAt: at(shape.activity ?? 0),
    contact: {
      id: `k${id}`,
      state: shape.state ?? (assignee ? 'active' : 'queued'),
      assignee: assignee ? { id: assignee, name: assignee } : null,
      bot: shape.state === 'bot' ? { id: '2', name: '案内' } : null,
      queueId: shape.queueId ?? null,
      priority: 'normal',
      offeredTo: null,
      enqueuedAt: at(0),
      acceptedAt: null,
      firstReplyAt: null,
      snoozedUntil: null,
      wrapUpUntil: null,
      closesAt: null,
      dispositionId: null,
      transfers: 0,
      closedAt: null,
    },
    labelIds: [],
    lastSeq: 1,
    lastChange: 1,
    readSeq: 0,
  };
}

const all: ListRules = { view: 'all', order: 'waiting', me: ME };
const mine: ListRules = { view: 'mine', order: 'waiting', me: ME };

function page(rows: ConversationRow[], rules: ListRules, limit = 50, after = 0): ConversationPage {
  const sorted = rows.filter((each) => belongs(each, rules)).sort((a, b) => compareRows(a, b, rules));
  const end = after + limit;
  return { rows: sorted.slice(after, end), nextCursor: sorted.length > end ? String(end) : null, feed: '0' };
}

const ids = (rows: ConversationRow[]) => rows.map((each) => each.id);

describe('the list a browser keeps', () => {
  it('puts whoever waits longest first, then the others, newest first', () => {
    const list = listFromPage(
      page(
        [row('1', { activity: 9 }), row('2', { waits: 5 }), row('3', { waits: 2 }), row('4', { activity: 12 })],
        all,
      ),
      all,
    );
    expect(ids(list.rows)).toEqual(['3', '2', '4', '1']);
  });

  it('lets a newer version of a row win and an older one pass by', () => {
    const list = listFromPage(page([row('1', { version: 3, waits: 1 })], all), all);
    expect(applyRow(list, { id: '1', row: row('1', { version: 2 }) }, all)).toBe(list);
    const moved = applyRow(list, { id: '1', row: row('1', { version: 4 }) }, all);
    expect(moved.rows[0]?.waitingSince).toBeNull();
  });

  it('does not let a late event bring a row back that has left', () => {
    const list = listFromPage(page([row('1', { version: 3, assignee: ME })], mine), mine);
    const left = applyRow(list, { id: '1', row: row('1', { version: 5 }) }, mine);
    expect(left.rows).toEqual([]);
    expect(applyRow(left, { id: '1', row: row('1', { version: 4, assignee: ME }) }, mine).rows).toEqual([]);
    expect(applyRow(left, { id: '1', row: row('1', { version: 6, assignee: ME }) }, mine).rows).toHaveLength(1);
  });

  it('drops a row the agent may no longer see', () => {
    const list = listFromPage(page([row('1')], all), all);
    expect(applyRow(list, { id: '1', row: null }, all).rows).toEqual([]);
  });

  it('keeps another account out of a list of one', () => {
    expect(belongs(row('1', { accountId: '2' }), { ...all, accountId: '1' })).toBe(false);
  });

  it('shows among the unassigned what is being offered to somebody and is nobody’s yet', () => {
    const unassigned: ListRules = { view: 'unassigned', order: 'waiting', me: ME };
    expect(belongs(row('1', { state: 'offered' }), unassigned)).toBe(true);
    expect(belongs(row('1', { state: 'active', assignee: '2' }), unassigned)).toBe(false);
    expect(belongs(row('1', { state: 'closed' }), unassigned)).toBe(false);
  });

  it('keeps what a bot has by itself, and moves it to the unassigned with the hand-off', () => {
    const [withBot, unassigned, team] = (['bot', 'unassigned', 'queue'] as const).map((view): ListRules => ({
      view,
      order: 'waiting',
      me: ME,
      team: { queueIds: ['7'], accountIds: ['1'] },
    })) as [ListRules, ListRules, ListRules];
    const before = row('1', { state: 'bot', version: 4 });
    const after = row('1', { state: 'queued', queueId: '7', version: 5 });
    const shown = (list: ListRules) =>
      ids(applyRow(listFromPage(page([before], list), list), { id: '1', row: after }, list).rows);
    expect([withBot, unassigned, team].map((rules) => belongs(before, rules))).toEqual([true, false, false]);
    expect([withBot, unassigned, team].map(shown)).toEqual([[], ['1'], ['1']]);
  });

  it('shows a team what is open in its queues, whoever has it, and what will be in them in a moment', () => {
    const team: ListRules = { view: 'queue', order: 'waiting', me: ME, team: { queueIds: ['7'], accountIds: ['3'] } };
    const shown = (shape: Shape) => belongs(row('1', shape), team);
    expect(shown({ queueId: '7' })).toBe(true);
    expect(shown({ queueId: '7', assignee: '2' })).toBe(true);
    expect(shown({ queueId: '7', state: 'closed' })).toBe(false);
    expect(shown({ queueId: '8' })).toBe(false);
    expect(shown({ queueId: '8', accountId: '3' })).toBe(false);
    expect(shown({ accountId: '3' })).toBe(true);
    // Nobody asked for it: a colleague wrote first.
    expect(shown({ accountId: '3', assignee: '2' })).toBe(false);
    expect(belongs(row('1', { queueId: '7' }), { ...team, team: undefined })).toBe(false);
  });

  it('leaves rows behind the loaded edge to the next page and takes them from there', () => {
    const rows = [row('1', { waits: 1 }), row('2', { waits: 2 }), row('3', { waits: 3 })];
    const list = listFromPage(page(rows, all, 2), all);
    const behind = applyRow(list, { id: '3', row: row('3', { version: 2, waits: 3 }) }, all);
    expect(ids(behind.rows)).toEqual(['1', '2']);
    const longer = appendPage(behind, { rows: [row('3', { version: 2, waits: 3 })], nextCursor: null, feed: '0' }, all);
    expect(ids(longer.rows)).toEqual(['1', '2', '3']);
  });

  it('asks to be loaded anew when more changed than one answer holds', () => {
    const list = listFromPage(page([row('1')], all), all);
    expect(applyListChanges(list, { rows: [], gone: [], feed: '1', complete: false }, all)).toBeNull();
    expect(applyListChanges(list, { rows: [], gone: ['1'], feed: '1', complete: true }, all)?.rows).toEqual([]);
  });

  it('shows a changed name in every row of that customer', () => {
    const list = listFromPage(page([row('1')], all), all);
    const named = applyCustomer(list, { ...row('1').customer, name: '山田 花子' });
    expect(named.rows[0]?.customer.name).toBe('山田 花子');
  });

  it('equals a fresh fetch after any events in any order', () => {
    const shape = fc.record({
      waits: fc.option(fc.nat(60)),
      activity: fc.nat(60),
      assignee: fc.option(fc.constantFrom(ME, '2')),
      closed: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.constantFrom<View>('mine', 'unassigned', 'all'),
        fc.constantFrom<ListOrder>('waiting', 'newest'),
        fc.array(fc.tuple(fc.integer({ min: 1, max: 12 }), shape), { maxLength: 50 }),
        fc.nat(20),
        fc.infiniteStream(fc.nat(1000)),
        (view, order, writes, loadedAt, chance) => {
          const rules: ListRules = { view, order, me: ME };
          const server = new Map<string, ConversationRow>();
          const events: ConversationRow[] = [];
          let list = listFromPage(page([], rules), rules);
          writes.forEach(([id, made], index) => {
            if (index === loadedAt) list = listFromPage(page([...server.values()], rules), rules);
            const version = (server.get(String(id))?.version ?? 0) + 1;
            const { closed, ...rest } = made;
            const next = row(String(id), { ...rest, version, ...(closed ? { state: 'closed' as const } : {}) });
            server.set(next.id, next);
            events.push(next);
          });
          const shuffled = events
            .map((each) => ({ each, place: chance.next().value ?? 0 }))
            .sort((a, b) => a.place - b.place);
          for (const { each } of shuffled) list = applyRow(list, { id: each.id, row: each }, rules);
          expect(list.rows).toEqual(page([...server.values()], rules).rows);
        },
      ),
      { numRuns: 300 },
    );
  });
});
