import type { BotAnswer, BotStep, BotWords } from './bots.js';
import type { Suggestion } from './content.js';
import { readFlowAnswer } from './flow-answers.js';
import { flowLimits, type FlowDocument, type FlowStep } from './flows.js';
import { fold } from './folding.js';

/** Where a contact stands in a flow: what a bot keeps between two turns. */
export interface FlowState {
  /** Answers by the step's id, as they are shown; empty where there is none to give. */
  answers: Record<string, string>;
  at: { on: 'step'; id: string } | { on: 'confirm' } | { on: 'which' } | { on: 'over' };
  /** Answers in a row that did not fit. */
  wrong: number;
  corrections: number;
}

const ways = {
  ja: {
    stop: 'やめる',
    person: 'オペレーター',
    none: 'なし',
    yes: 'はい',
    correct: '修正する',
    confirm: '次の内容でよろしいですか。',
    which: 'どちらを修正しますか。',
    choose: '下の選択肢からお選びください。',
    colon: '：',
  },
  en: {
    stop: 'Stop',
    person: 'Operator',
    none: 'None',
    yes: 'Yes',
    correct: 'Correct it',
    confirm: 'Is this right?',
    which: 'Which one shall we correct?',
    choose: 'Please choose one of the options below.',
    colon: ': ',
  },
} as const;

/** What the player understands in both languages, whatever the flow's own is. */
const wayOut = {
  stop: ['やめる', 'やめます', '中止', '終了', 'キャンセル', 'stop', 'cancel', 'quit'],
  person: ['オペレーター', 'オペレータ', '有人', '担当者', 'agent', 'human', 'operator'],
  yes: ['はい', 'ok', 'yes', 'よい', '良い', 'それでいいです', 'はい、お願いします'],
  correct: ['修正する', '修正', '訂正', 'いいえ', 'ちがう', '違う', 'no', 'correct it'],
  none: ['なし', 'ありません', '無し', 'none', 'skip'],
} as const;

/**
 * One turn of a flow: a pure function of the flow, of where the contact stands, and of what the customer said.
 * It always says something, hands off, or passes; and it comes to an end whatever the customer says.
 */
export function playFlow(
  flow: FlowDocument,
  before: FlowState | null,
  said: readonly BotWords[],
  now: Date,
): BotAnswer & { state: FlowState } {
  return new Player(flow, before, now).turn(said);
}

class Player {
  private readonly state: FlowState;
  private readonly own;

  constructor(
    private readonly flow: FlowDocument,
    private readonly before: FlowState | null,
    private readonly now: Date,
  ) {
    this.own = ways[flow.language];
    this.state = before
      ? { ...before, answers: { ...before.answers } }
      : { answers: {}, at: { on: 'over' }, wrong: 0, corrections: 0 };
  }

  turn(said: readonly BotWords[]): BotAnswer & { state: FlowState } {
    const words = wordsOf(said);
    if (this.state.at.on === 'over') return this.answer(this.begin(words));
    if (isOneOf(words, wayOut.person)) return this.answer(this.person('asked'));
    // A choice of the flow may be called 「キャンセル」: what is asked for comes before the way out of that name.
    if (this.fitting(words) === null && isOneOf(words, wayOut.stop)) return this.answer(this.stop());
    return this.answer(this.reply(words));
  }

  private begin(words: string): BotStep[] {
    const { starts, greeting, steps } = this.flow;
    const asked =
      starts.length === 0 ? this.before === null : starts.some((start) => fold(start.trim()) === fold(words));
    if (!asked) return [{ do: 'pass' }];
    this.state.answers = {};
    this.state.wrong = 0;
    this.state.corrections = 0;
    return this.ask(steps[0]!, greeting);
  }

  private reply(words: string): BotStep[] {
    const { at } = this.state;
    if (at.on === 'step') {
      const step = this.step(at.id);
      if (!step) return this.person('unsure');
      const value = this.fitting(words);
      if (value === null) return this.wrong(this.ask(step, step.wrong));
      this.state.answers[step.id] = value;
      this.state.wrong = 0;
      return this.goOn();
    }
    if (at.on === 'confirm') {
      if (isOneOf(words, wayOut.yes)) return this.finish();
      if (isOneOf(words, wayOut.correct)) return this.correct();
      return this.wrong(this.confirm(this.own.choose));
    }
    const step = this.path().find(({ label }) => fold(label) === fold(words));
    if (!step) return this.wrong(this.which(this.own.choose));
    this.state.wrong = 0;
    delete this.state.answers[step.id];
    return this.ask(step, null);
  }

  /** What the words mean to the question that is open; null when they answer nothing. */
  private fitting(words: string): string | null {
    const { at } = this.state;
    const step = at.on === 'step' ? this.step(at.id) : undefined;
    if (!step) return null;
    if (step.optional && isOneOf(words, wayOut.none)) return '';
    // Free words would take every way out for an answer.
    if (step.kind === 'text' && isOneOf(words, wayOut.stop)) return null;
    return words === '' ? null : readFlowAnswer(step, words, this.now);
  }

  private goOn(): BotStep[] {
    const next = this.path().find(({ id }) => this.state.answers[id] === undefined);
    if (next) return this.ask(next, null);
    return this.flow.confirm ? this.confirm(null) : this.finish();
  }

  /** The steps that these answers lead through, up to the first without an answer. */
  private path(): FlowStep[] {
    const { steps } = this.flow;
    const path: FlowStep[] = [];
    for (let at = 0; at < steps.length;) {
      const step = steps[at]!;
      path.push(step);
      const value = this.state.answers[step.id];
      if (value === undefined) break;
      const next = step.kind === 'choice' ? step.choices.find(({ label }) => label === value)?.next : undefined;
      at = next === 'end' ? steps.length : next === undefined ? at + 1 : steps.findIndex(({ id }) => id === next);
    }
    return path;
  }

  private ask(step: FlowStep, before: string | null): BotStep[] {
    this.state.at = { on: 'step', id: step.id };
    const chips = step.kind === 'choice' ? step.choices.map(({ label }) => label) : [];
    if (step.optional) chips.push(this.own.none);
    return [this.said([before, step.ask], chips)];
  }

  private confirm(before: string | null): BotStep[] {
    this.state.at = { on: 'confirm' };
    const lines = this.path().map(
      ({ id, label }) => `${label}${this.own.colon}${shortened(this.state.answers[id]!) || this.own.none}`,
    );
    return [this.said([before, this.own.confirm, lines.join('\n')], [this.own.yes, this.own.correct])];
  }

  private correct(): BotStep[] {
    this.state.corrections += 1;
    if (this.state.corrections > flowLimits.tries) return this.person('unsure');
    this.state.wrong = 0;
    const path = this.path();
    if (path.length > 1) return this.which(null);
    delete this.state.answers[path[0]!.id];
    return this.ask(path[0]!, null);
  }

  private which(before: string | null): BotStep[] {
    this.state.at = { on: 'which' };
    const labels = this.path().map(({ label }) => label);
    // More than fit on chips can still be named in words.
    const shown = labels.length > MOST_CHIPS ? labels.join('\n') : null;
    return [this.said([before, this.own.which, shown], labels.slice(0, MOST_CHIPS))];
  }

  /** Says it again, until it was said often enough. */
  private wrong(again: BotStep[]): BotStep[] {
    this.state.wrong += 1;
    return this.state.wrong >= flowLimits.tries ? this.person('unsure') : again;
  }

  private finish(): BotStep[] {
    const { end } = this.flow;
    if (end.do === 'handOff') return this.person('done');
    this.state.at = { on: 'over' };
    return [{ do: 'say', text: end.text }];
  }

  private stop(): BotStep[] {
    this.state.at = { on: 'over' };
    return [{ do: 'say', text: this.flow.stopped }];
  }

  private person(reason: 'asked' | 'unsure' | 'done'): BotStep[] {
    const { end } = this.flow;
    const fields = this.path().flatMap(({ id, label }) => {
      const value = this.state.answers[id];
      return value ? [{ label, value }] : [];
    });
    this.state.at = { on: 'over' };
    return [
      {
        do: 'handOff',
        reason,
        ...(end.do === 'handOff' ? { summary: end.summary } : {}),
        fields,
        ...(end.do === 'handOff' && end.queueId !== null ? { queueId: end.queueId } : {}),
      },
    ];
  }

  private said(parts: (string | null)[], chips: string[]): BotStep {
    const suggestions = [...chips, this.own.stop, this.own.person].map(reply);
    return { do: 'ask', text: parts.filter((part) => part !== null && part !== '').join('\n'), suggestions };
  }

  private step(id: string): FlowStep | undefined {
    return this.flow.steps.find((step) => step.id === id);
  }

  private answer(steps: BotStep[]): BotAnswer & { state: FlowState } {
    return { steps, state: this.state };
  }
}

/** Eleven under one message, less the two ways out. */
const MOST_CHIPS = 9;

/** All answers of a form are to fit into one message. */
function shortened(value: string): string {
  return value.length > 100 ? `${value.slice(0, 99)}…` : value;
}

function reply(label: string): Suggestion {
  return { kind: 'reply', label: label.slice(0, 25), payload: label };
}

/** The last thing said: a customer who corrects herself means her last words. */
function wordsOf(said: readonly BotWords[]): string {
  const last = said.at(-1);
  if (last?.type === 'press') return (last.payload || last.label).trim();
  if (last?.type !== 'text') return '';
  return last.text.trim();
}

function isOneOf(words: string, known: readonly string[]): boolean {
  const plain = fold(words.replace(/[\s。．.!！?？、,]/gu, ''));
  return plain !== '' && known.some((each) => fold(each.replace(/\s/gu, '')) === plain);
}
