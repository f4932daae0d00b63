import { describe, expect, it } from 'vitest';
import { mentionFaults } from './mentions.js';

const readers = new Map([
  ['1', { name: '葵' }],
  ['2', { name: '鈴木 蓮' }],
  ['3', null],
]);
const rules = (text: string, ...mentions: [string, number, number][]) =>
  mentionFaults(
    text,
    mentions.map(([agentId, start, length]) => ({ agentId, start, length })),
    readers,
  ).map(({ field, rule }) => `${field} ${rule}`);

describe('the mentions of a note', () => {
  it('stand where the names are written', () => {
    expect(rules('@葵 と @鈴木 蓮 へ', ['1', 0, 2], ['2', 5, 5])).toEqual([]);
    expect(rules('@葵 へ', ['2', 0, 2])).toEqual(['mentions.0 name']);
    expect(rules('葵 へ', ['1', 0, 2])).toEqual(['mentions.0 name']);
  });

  it('name nobody who may not read the conversation, and nobody who is not there', () => {
    expect(rules('@葵 @葵', ['3', 0, 2], ['9', 3, 2])).toEqual([
      'mentions.0.agentId mayRead',
      'mentions.1.agentId mayRead',
    ]);
  });

  it('are in order, apart, and inside of the text', () => {
    expect(rules('@葵 @葵', ['1', 3, 2], ['1', 0, 2])).toEqual(['mentions.1 stretch']);
    expect(rules('@葵', ['1', 0, 2], ['1', 0, 2])).toEqual(['mentions.1 stretch']);
    expect(rules('@葵', ['1', 0, 3])).toEqual(['mentions.0 stretch']);
  });

  it('are twenty at most', () => {
    expect(
      rules('@葵'.repeat(21), ...Array.from({ length: 21 }, (_, i): [string, number, number] => ['1', i * 2, 2])),
    ).toEqual(['mentions tooMany']);
  });
});
