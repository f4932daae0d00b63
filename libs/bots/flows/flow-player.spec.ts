import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  botLimits,
  flowFaults,
  flowLimits,
  measureText,
  playFlow,
  suggestionLimits,
  textLimits,
  type BotStep,
  type BotWords,
  type FlowDocument,
  type FlowStep,
} from '#libs/contracts/index.js';

/** Where a flow stands; null: at its beginning. */
type Before = Parameters<typeof playFlow>[1];

const NOW = new Date('2026-11-23T00:30:00Z');
const says = (text: string): BotWords[] => [{ seq: 1, type: 'text', text }];

const step = (id: string, label: string, more: Partial<FlowStep>): FlowStep =>
  ({
    id,
    label,
    ask: `${label}を教えてください。`,
    wrong: `${label}を読み取れませんでした。`,
    optional: false,
    ...more,
  }) as FlowStep;

const returns: FlowDocument = {
  language: 'ja',
  starts: ['返品'],
  greeting: '返品の手続きをご案内します。',
  steps: [
    step('order', '注文番号', { kind: 'code', forms: ['AA-999999'] }),
    step('why', '理由', {
      kind: 'choice',
      choices: [{ label: '不良品' }, { label: '思っていたものと違う', next: 'date' }],
    }),
    step('what', '不良の内容', { kind: 'text', most: 200 }),
    step('date', '届いた日', { kind: 'date', span: 'past' }),
    step('phone', '電話番号', { kind: 'phone', optional: true }),
  ],
  confirm: true,
  end: { do: 'handOff', summary: '返品のお申し込み', queueId: '7' },
  stopped: '手続きを中止しました。',
};

/** Plays what the customer says from the beginning; returns what the bot did after each. */
function played(flow: FlowDocument, lines: string[]): { steps: BotStep[][]; state: Before } {
  let state: Before = null;
  const steps = lines.map((line) => {
    const answer = playFlow(flow, state, says(line), NOW);
    state = answer.state;
    return answer.steps;
  });
  return { steps, state };
}

const textOf = (steps: BotStep[]): string => steps.map((each) => ('text' in each ? each.text : each.do)).join('\n');

describe('a flow', () => {
  it('asks, checks the form, confirms, and hands off what it was told', () => {
    const { steps } = played(returns, [
      '返品',
      'AB12',
      'ab 123456',
      '不良品',
      '蓋が割れていました',
      '11/20',
      '+81 90-1234-5678',
      'はい',
    ]);
    expect(textOf(steps[0]!)).toContain('返品の手続きをご案内します。\n注文番号を教えてください。');
    expect(textOf(steps[1]!)).toBe('注文番号を読み取れませんでした。\n注文番号を教えてください。');
    expect(textOf(steps[6]!)).toContain(
      '注文番号：AB-123456\n理由：不良品\n不良の内容：蓋が割れていました\n届いた日：2026-11-20',
    );
    expect(steps[7]).toEqual([
      {
        do: 'handOff',
        reason: 'done',
        summary: '返品のお申し込み',
        queueId: '7',
        fields: [
          { label: '注文番号', value: 'AB-123456' },
          { label: '理由', value: '不良品' },
          { label: '不良の内容', value: '蓋が割れていました' },
          { label: '届いた日', value: '2026-11-20' },
          { label: '電話番号', value: '09012345678' },
        ],
      },
    ]);
  });

  it('jumps over what a choice makes needless, and asks for it when the choice is corrected', () => {
    const lines = ['返品', 'AB-123456', '2', '今日', 'なし'];
    const { steps } = played(returns, lines);
    expect(textOf(steps[4]!)).not.toContain('不良の内容');
    const corrected = played(returns, [...lines, '修正する', '理由', '不良品', '傷', 'はい']).steps;
    expect(textOf(corrected[7]!)).toBe('不良の内容を教えてください。');
    expect(textOf(corrected[8]!)).toContain('不良の内容：傷\n届いた日：2026-11-23');
    expect(corrected[9]).toMatchObject([{ do: 'handOff', reason: 'done' }]);
  });

  it('begins only with its words, and once stopped leaves the rest to others', () => {
    expect(played(returns, ['こんにちは']).steps).toEqual([[{ do: 'pass' }]]);
    const { steps } = played(returns, ['返品', 'やめる', 'ありがとう', '返品']);
    expect(steps[1]).toEqual([{ do: 'say', text: '手続きを中止しました。' }]);
    expect(steps[2]).toEqual([{ do: 'pass' }]);
    expect(textOf(steps[3]!)).toContain('注文番号');
    const any = { ...returns, starts: [] };
    expect(played(any, ['こんにちは', 'やめる', 'こんにちは']).steps[2]).toEqual([{ do: 'pass' }]);
  });

  it('gives a person after three answers that do not fit, with what is known', () => {
    const { steps } = played(returns, ['返品', 'AB-123456', 'さあ', 'さあ', 'さあ']);
    expect(steps[4]).toMatchObject([
      { do: 'handOff', reason: 'unsure', fields: [{ label: '注文番号', value: 'AB-123456' }] },
    ]);
  });
});

const words = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h').map((letter) => `${letter}の選択`);
const question = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), most: fc.integer({ min: 1, max: flowLimits.answer }) }),
  fc.record({ kind: fc.constant('phone' as const) }),
  fc.record({
    kind: fc.constant('date' as const),
    span: fc.constantFrom('any' as const, 'past' as const, 'future' as const),
  }),
  fc.record({ kind: fc.constant('code' as const), forms: fc.constantFrom<string[][]>(['99'], ['A-9', '*99']) }),
  fc.record({
    kind: fc.constant('number' as const),
    least: fc.constantFrom(null, 0),
    most: fc.constantFrom(null, 10),
    whole: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('choice' as const),
    choices: fc.uniqueArray(words, { minLength: 2, maxLength: 8 }).map((labels) => labels.map((label) => ({ label }))),
  }),
);
const aFlow: fc.Arbitrary<FlowDocument> = fc
  .record({
    questions: fc.array(fc.tuple(question, fc.boolean()), { minLength: 1, maxLength: flowLimits.steps }),
    jumps: fc.infiniteStream(fc.nat({ max: 30 })),
    confirm: fc.boolean(),
    handsOff: fc.boolean(),
    language: fc.constantFrom('ja' as const, 'en' as const),
  })
  .map(({ questions, jumps, confirm, handsOff, language }) => {
    const next = (at: number): string | undefined => {
      const jump = jumps.next().value!;
      if (jump > 20) return 'end';
      return at + 1 + jump < questions.length ? `s${at + 1 + jump}` : undefined;
    };
    return {
      language,
      starts: [],
      greeting: null,
      steps: questions.map(([asked, optional], at) => {
        const own =
          asked.kind === 'choice'
            ? { ...asked, choices: asked.choices.map((each) => ({ ...each, next: next(at) })) }
            : asked;
        return step(`s${at}`, `質問${at}`, { ...own, optional });
      }),
      confirm,
      end: handsOff ? { do: 'handOff', summary: '要点', queueId: null } : { do: 'say', text: '受け付けました。' },
      stopped: '中止しました。',
    };
  });
const line = fc.oneof(
  words,
  fc.constantFrom('はい', '修正する', 'なし', '12', 'A-3', '5', '今日', '1', '2', '09012345678', '質問0', '質問3', '?'),
  fc.string({ maxLength: 20 }),
);

describe('any flow that has no faults', () => {
  it('comes to an end whatever is said, with a way out beside every question', () => {
    fc.assert(
      fc.property(aFlow, fc.infiniteStream(line), (flow, lines) => {
        expect(flowFaults(flow)).toEqual([]);
        let state: Before = null;
        // Every question answered wrongly twice, and everything corrected as often as may be.
        const most = 2 + (flow.steps.length + 2) * flowLimits.tries * (flowLimits.tries + 2);
        for (let turn = 0; turn < most; turn++) {
          const answer = playFlow(flow, state, says(lines.next().value!), NOW);
          state = answer.state;
          expect(answer.steps).toHaveLength(1);
          expect(JSON.stringify(state).length).toBeLessThan(botLimits.stateBytes);
          const [did] = answer.steps as [BotStep];
          if (did.do !== 'ask') {
            expect(state.at.on).toBe('over');
            expect(did.do).toBe(did.do === 'handOff' ? 'handOff' : 'say');
            return;
          }
          const { units, bytes } = measureText(did.text);
          expect(units <= textLimits.units && bytes <= textLimits.bytes && did.text.trim() !== '').toBe(true);
          expect(did.suggestions.length).toBeLessThanOrEqual(suggestionLimits.count);
          const labels = did.suggestions.map(({ label }) => label);
          expect(new Set(labels).size).toBe(labels.length);
          for (const [way, out] of [
            [flow.language === 'ja' ? 'やめる' : 'Stop', 'say'],
            [flow.language === 'ja' ? 'オペレーター' : 'Operator', 'handOff'],
          ] as const) {
            expect(labels).toContain(way);
            const [left] = playFlow(flow, state, says(way), NOW).steps;
            expect(left?.do).toBe(out);
          }
        }
        throw new Error('it never ended');
      }),
      { numRuns: 120 },
    );
  });

  it('reaches its end along every choice, when every answer fits', () => {
    const fitting = (asked: FlowStep): string => {
      if (asked.kind === 'choice') return asked.choices.at(-1)!.label;
      if (asked.kind === 'code') return asked.forms[0]!.replaceAll('A', 'Q').replaceAll('9', '4');
      return { text: 'x', number: '5', date: '今日', phone: '03-1234-5678' }[asked.kind];
    };
    fc.assert(
      fc.property(aFlow, (flow) => {
        let answer = playFlow(flow, null, says('はじめ'), NOW);
        for (let turn = 0; answer.state.at.on !== 'over'; turn++) {
          expect(turn).toBeLessThan(flow.steps.length + 1);
          const { at } = answer.state;
          const asked = at.on === 'step' ? flow.steps.find(({ id }) => id === at.id)! : null;
          answer = playFlow(flow, answer.state, says(asked ? fitting(asked) : 'はい'), NOW);
        }
        expect(answer.steps).toMatchObject([flow.end.do === 'say' ? { do: 'say' } : { do: 'handOff', reason: 'done' }]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a flow with faults', () => {
  it.each<[string, string, FlowDocument]>([
    ['steps', 'tooFew', { ...returns, steps: [] }],
    ['steps.1.choices.1.next', 'notLater', { ...returns, steps: returns.steps.filter(({ id }) => id !== 'date') }],
    ['steps.1.id', 'taken', { ...returns, steps: [returns.steps[0]!, { ...returns.steps[2]!, id: 'order' }] }],
    [
      'steps.0.choices.0.label',
      'reserved',
      { ...returns, steps: [step('a', 'あ', { kind: 'choice', choices: [{ label: 'ヤメル' }, { label: 'い' }] })] },
    ],
    ['steps.0.forms.0', 'noPlace', { ...returns, steps: [step('a', 'あ', { kind: 'code', forms: ['--'] })] }],
    ['steps.0.ask', 'tooLong', { ...returns, steps: [step('a', 'あ', { kind: 'phone', ask: 'あ'.repeat(1001) })] }],
    ['stopped', 'required', { ...returns, stopped: ' ' }],
  ])('names %s (%s)', (field, rule, flow) => {
    expect(flowFaults(flow)).toContainEqual(expect.objectContaining({ field, rule }));
  });
});
