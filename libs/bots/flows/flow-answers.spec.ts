import { describe, expect, it } from 'vitest';
import { readFlowAnswer, type FlowQuestion } from '#libs/contracts/index.js';

/** Half past nine in the morning of the 23rd in Tokyo. */
const NOW = new Date('2026-11-23T00:30:00Z');
const number: FlowQuestion = { kind: 'number', least: 1, most: 2000, whole: true };
const date = (span: 'any' | 'past' | 'future'): FlowQuestion => ({ kind: 'date', span });
const code: FlowQuestion = { kind: 'code', forms: ['AA-999', 'X*9'] };
const choice: FlowQuestion = { kind: 'choice', choices: [{ label: 'データの変更' }, { label: '解約' }] };

describe('an answer in a flow', () => {
  it.each<[FlowQuestion, string, string | null]>([
    [number, '３個', '3'],
    [number, '1,200円', '1200'],
    [number, '12,00', null],
    [number, '2.5', null],
    [number, '2001', null],
    [number, '三', null],
    [{ ...number, whole: false }, '2.5', '2.5'],
    [date('any'), '2026年2月30日', null],
    [date('any'), '2026/2/3', '2026-02-03'],
    [date('past'), '12/1', '2025-12-01'],
    [date('future'), '２月３日', '2027-02-03'],
    [date('future'), '昨日', null],
    [date('past'), '昨日', '2026-11-22'],
    [date('future'), '2026-11-23', '2026-11-23'],
    [{ kind: 'phone' }, '０９０－１２３４－５６７８', '09012345678'],
    [{ kind: 'phone' }, '+81 (0)3 1234 5678', '0312345678'],
    [{ kind: 'phone' }, '1234', null],
    [code, 'ａｂ１２３', 'AB-123'],
    [code, 'ab - 123', 'AB-123'],
    [code, 'xq7', 'XQ7'],
    [code, '12-345', null],
    [code, 'ab-1234', null],
    [choice, 'ﾃﾞｰﾀの変更', 'データの変更'],
    [choice, '２', '解約'],
    [choice, '3', null],
    [{ kind: 'text', most: 3 }, ' あい ', 'あい'],
    [{ kind: 'text', most: 3 }, 'あいうえ', null],
  ])('%j reads %s as %s', (question, written, read) => {
    expect(readFlowAnswer(question, written, NOW)).toBe(read);
  });
});
