import { describe, expect, it } from 'vitest';
import type { FieldError } from '#libs/contracts/index.js';
import { AppError } from '#libs/platform/telemetry/index.js';
import { checkedAnswer, usableIdeas } from './answer-check.js';

function faults(answer: unknown): Pick<FieldError, 'field' | 'rule' | 'limit' | 'actual'>[] {
  try {
    checkedAnswer(answer);
    return [];
  } catch (fault) {
    if (!(fault instanceof AppError)) throw fault;
    return (fault.options.fields ?? []).map(({ field, rule, limit, actual }) => ({ field, rule, limit, actual }));
  }
}

const say = { do: 'say', text: 'はい' };
const chip = { kind: 'reply', label: '配送', payload: 'topic:delivery' };

describe('what a bot gave', () => {
  it('comes through as it is, without what nobody asked for', () => {
    const given = {
      steps: [{ ...say, suggestions: [{ ...chip, more: 1 }], more: 1 }],
      state: { a: 1 },
      remarks: { why: 'x' },
    };
    expect(checkedAnswer({ ...given, more: 1 })).toEqual({
      steps: [{ ...say, suggestions: [chip] }],
      state: { a: 1 },
      remarks: { why: 'x' },
    });
    expect(checkedAnswer({ steps: [] })).toEqual({ steps: [] });
  });

  it.each<[string, unknown, string, string]>([
    ['nothing', undefined, 'answer', 'isObject'],
    ['no list', { steps: 'はい' }, 'steps', 'isArray'],
    ['no text', { steps: [{ do: 'say', text: ' ' }] }, 'steps.0.text', 'required'],
    ['another step', { steps: [{ do: 'shout' }] }, 'steps.0.do', 'isIn'],
    ['half a character', { steps: [{ do: 'say', text: '\ud83d' }] }, 'steps.0.text', 'storable'],
    ['something behind a hand-off', { steps: [{ do: 'handOff', reason: 'asked' }, say] }, 'steps.1', 'last'],
    ['a pass beside words', { steps: [say, { do: 'pass' }] }, 'steps.1', 'alone'],
    ['a reason that the console keeps', { steps: [{ do: 'handOff', reason: 'late' }] }, 'steps.0.reason', 'isIn'],
    ['a queue that is no id', { steps: [{ do: 'handOff', reason: 'asked', queueId: 'x' }] }, 'steps.0.queueId', 'isId'],
    [
      'no address',
      { steps: [{ ...say, suggestions: [{ kind: 'url', label: 'a', payload: 'a', url: 'javascript:1' }] }] },
      'steps.0.suggestions.0.url',
      'isUrl',
    ],
    ['remarks that are none', { steps: [], remarks: 'x' }, 'remarks', 'isObject'],
    ['state that is no data', { steps: [], state: () => 1 }, 'state', 'isJson'],
    ['state with NUL', { steps: [], state: 'a\0' }, 'state', 'storable'],
  ])('refuses %s by its field', (_, answer, field, rule) => {
    expect(faults(answer)).toContainEqual(expect.objectContaining({ field, rule }));
  });

  it.each<[string, unknown, string, number]>([
    ['steps', { steps: Array(6).fill(say) }, 'steps', 5],
    ['units of a text', { steps: [{ do: 'say', text: 'a'.repeat(2731) }] }, 'steps.0.text', 2730],
    ['chips', { steps: [{ do: 'ask', text: 'a', suggestions: Array(12).fill(chip) }] }, 'steps.0.suggestions', 11],
    [
      'a label',
      { steps: [{ ...say, suggestions: [{ ...chip, label: 'a'.repeat(26) }] }] },
      'steps.0.suggestions.0.label',
      25,
    ],
    ['a summary', { steps: [{ do: 'handOff', reason: 'asked', summary: 'a'.repeat(501) }] }, 'steps.0.summary', 500],
    [
      'fields',
      { steps: [{ do: 'handOff', reason: 'asked', fields: Array(21).fill({ label: 'a', value: 'b' }) }] },
      'steps.0.fields',
      20,
    ],
    ['state', { steps: [], state: 'a'.repeat(16_384) }, 'state', 16_384],
    ['remarks', { steps: [], remarks: { a: 'a'.repeat(8192) } }, 'remarks', 8192],
  ])('says the limit of %s', (_, answer, field, limit) => {
    const [fault] = faults(answer);
    expect(fault).toMatchObject({ field, limit });
    expect(fault!.actual).toBeGreaterThan(limit);
  });

  it('ideas that nobody could send are left out', () => {
    expect(
      usableIdeas([{ text: 'はい', source: '送料' }, { text: '' }, 'x', { text: 'a', suggestions: [{}] }]),
    ).toEqual([{ text: 'はい', source: '送料' }]);
    expect(usableIdeas(null)).toEqual([]);
  });
});
