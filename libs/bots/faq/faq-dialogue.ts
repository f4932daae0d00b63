import {
  fold,
  suggestionLimits,
  type BotAnswer,
  type BotStep,
  type BotTurn,
  type BotWords,
  type FaqEntry,
  type FaqLanguage,
  type Suggestion,
  type TextContent,
} from '#libs/contracts/index.js';
import type { Knowledge } from './faq-knowledge.js';
import { faqTexts } from './faq-texts.js';
import { choicesOf, type Judgement } from './matching/verdict.js';
import { japanese } from './matching/wording.js';
import { isThanks } from './matching/courtesy.js';

/** What the FAQ bot keeps between two turns. */
export interface FaqState {
  /** What it asked back last, in the order in which it was shown. */
  asked: string[];
  /** So often in a row it had no answer. */
  missed: number;
  /** The last question, for whoever takes over. */
  question: string | null;
}

/** What became of a turn, for the books. */
export type FaqOutcome =
  | { kind: 'question'; question: string; judgement: Judgement; said: string | null; offered: string[] }
  | { kind: 'choice'; entryId: string }
  | { kind: 'talk' };

export interface FaqMove {
  answer: BotAnswer;
  outcome: FaqOutcome;
}

/** So often it may say that it does not know before it passes on. */
const MISSES = 2;
const PRESS = /^faq:(?:entry:(\d{1,18})|(none|person|again))$/;

/** What the FAQ bot answers to a turn. It knows nothing of databases: what it is asked it puts to `knowledge`. */
export function reply(turn: Pick<BotTurn, 'said' | 'state' | 'language' | 'number'>, knowledge: Knowledge): FaqMove {
  const before = stateOf(turn.state);
  const press = turn.said.findLast((words) => words.type === 'press');
  const texts = turn.said.filter((words) => words.type === 'text').map(({ text }) => text);
  const language = languageOf(texts.at(-1) ?? press?.label ?? '', turn.language);
  // Words that came after a press are what she wants now.
  const last = turn.said.findLast((words) => words.type === 'press' || words.type === 'text');
  if (!last) return talk({ do: 'pass' }, before);
  if (last.type === 'press') {
    const [, entryId, act] = PRESS.exec(last.payload) ?? [];
    if (entryId !== undefined) return chosen(entryId, before, language, knowledge);
    if (act === 'person') return talk(handOff('asked', before.question), before);
    if (act === 'none') return missed(before, language);
    if (act === 'again') return talk({ do: 'say', text: faqTexts[language].askAgain }, { ...before, asked: [] });
    return question([last.label], before, language, turn.number, knowledge);
  }
  const picked = pickOf(last.text, before, knowledge, language);
  if (picked === 'none') return missed(before, language);
  if (picked !== null) return chosen(picked, before, language, knowledge);
  return question(texts, before, language, turn.number, knowledge);
}

/** Of a customer's words: by its letters, else what she writes in. */
export function languageOf(text: string, usual: FaqLanguage): FaqLanguage {
  if (japanese.test(text)) return 'ja';
  return /[a-z]{2,} +[a-z]{2,}/i.test(text) ? 'en' : usual;
}

/** How an entry is said, with a way to a person under it. */
export function spoken({ content }: FaqEntry, language: FaqLanguage): TextContent {
  const own = content.suggestions ?? [];
  const way: Suggestion = { kind: 'reply', label: faqTexts[language].talkToPerson, payload: 'faq:person' };
  const suggestions = own.length < suggestionLimits.count ? [...own, way] : own;
  return { type: 'text', text: content.text, suggestions };
}

/** The reply to a question that stands alone: what the try-it box shows. */
export function replyTo(
  question: string,
  language: FaqLanguage,
  knowledge: Knowledge,
): FaqMove & { reply: TextContent } {
  const said: BotWords[] = [{ seq: 1, type: 'text', text: question }];
  const move = reply({ said, state: null, language, number: 1 }, knowledge);
  const step = move.answer.steps[0]!;
  if (step.do !== 'say' && step.do !== 'ask') return { ...move, reply: { type: 'text', text: '' } };
  const { text, suggestions } = step;
  return { ...move, reply: { type: 'text', text, ...(suggestions?.length ? { suggestions } : {}) } };
}

/** Customers write in bursts: all of it together, else the line that says most. */
function judged(texts: readonly string[], knowledge: Knowledge): { question: string; judgement: Judgement } {
  const lines = texts.map((text) => ({ question: text, judgement: knowledge.judge(text) }));
  const asking = lines.filter(({ judgement }) => judgement.verdict !== 'courtesy');
  if (asking.length < 2) return asking[0] ?? lines.at(-1)!;
  const whole = asking.map(({ question: line }) => line).join('\n');
  const all = [{ question: whole, judgement: knowledge.judge(whole) }, ...asking.toReversed()];
  const surely = ({ judgement }: { judgement: Judgement }): number => judgement.candidates[0]?.likelihood ?? 0;
  return all.reduce((best, each) => (surely(each) > surely(best) ? each : best));
}

function question(
  texts: readonly string[],
  before: FaqState,
  language: FaqLanguage,
  number: number,
  knowledge: Knowledge,
): FaqMove {
  const { question: asked, judgement } = judged(texts, knowledge);
  const words = faqTexts[language];
  // Whole characters: half of one cannot be stored.
  const kept = [...asked].slice(0, SUMMARY).join('');
  const { verdict } = judgement;
  if (verdict === 'courtesy') {
    const text = number > 1 || isThanks(asked) ? words.thanks : words.greeting;
    return talk({ do: 'say', text }, { ...before, asked: [] });
  }
  const best = judgement.candidates[0] && knowledge.entry(judgement.candidates[0].id);
  const outcome = { kind: 'question', question: asked, judgement, said: null, offered: [] as string[] } as const;
  if (verdict === 'answer' && best) {
    const { text, suggestions } = spoken(best, language);
    const state: FaqState = { asked: [], missed: 0, question: kept };
    return {
      answer: { steps: [{ do: 'say', text, suggestions: suggestions ?? [] }], state },
      outcome: { ...outcome, said: best.id },
    };
  }
  if (verdict === 'ask') {
    const choices = choicesOf(judgement).map(({ id }) => knowledge.entry(id)!);
    const suggestions = choices.map(chip);
    suggestions.push({ kind: 'reply', label: words.none, payload: 'faq:none' });
    const ids = choices.map(({ id }) => id);
    return {
      answer: {
        steps: [{ do: 'ask', text: askBackText(choices, language), suggestions }],
        state: { ...before, asked: ids, question: kept } satisfies FaqState,
      },
      outcome: { ...outcome, offered: ids },
    };
  }
  return { ...missed({ ...before, question: kept }, language), outcome: { ...outcome, offered: [] } };
}

/** Titles do not always fit on a chip: then they stand in the text, and the chips are their beginnings. */
function askBackText(choices: readonly FaqEntry[], language: FaqLanguage): string {
  const words = faqTexts[language];
  const lead = choices.length === 1 ? words.askBackOne : words.askBack;
  if (choices.every(({ phrasings }) => phrasings[0]!.length <= suggestionLimits.label) && !sameChips(choices))
    return lead;
  return [lead, ...choices.map(({ phrasings }, at) => `${at + 1}. ${phrasings[0]}`)].join('\n');
}

function chip(entry: FaqEntry, at: number, all: readonly FaqEntry[]): Suggestion {
  return { kind: 'reply', label: labelOf(entry, at, all), payload: `faq:entry:${entry.id}` };
}

function labelOf({ phrasings }: FaqEntry, at: number, all: readonly FaqEntry[]): string {
  const title = phrasings[0]!;
  const fits = all.every((each) => each.phrasings[0]!.length <= suggestionLimits.label) && !sameChips(all);
  if (fits) return title;
  const number = `${at + 1}. `;
  const room = suggestionLimits.label - number.length;
  return number + (title.length <= room ? title : `${title.slice(0, room - 1)}…`);
}

function sameChips(choices: readonly FaqEntry[]): boolean {
  return new Set(choices.map(({ phrasings }) => phrasings[0])).size < choices.length;
}

/** Not every handset shows chips: a number, the words of one, or yes where there was one. */
function pickOf(text: string, { asked }: FaqState, knowledge: Knowledge, language: FaqLanguage): string | null {
  if (asked.length === 0) return null;
  const said = fold(text).replace(/[\s\p{P}]+/gu, '');
  const number = /^([1-9])(?:番|番目|つ目)?(?:です)?$/.exec(said)?.[1];
  if (number !== undefined) return asked[Number(number) - 1] ?? null;
  if (asked.length === 1 && /^(?:はい|そうです|それです|yes|yeah|yep)$/.test(said)) return asked[0]!;
  if (
    said === fold(faqTexts[language].none).replace(/[\s\p{P}]+/gu, '') ||
    /^(?:いいえ|ちがいます|違います|no)$/.test(said)
  )
    return 'none';
  const same = (title: string): boolean => fold(title).replace(/[\s\p{P}]+/gu, '') === said;
  return asked.find((id) => knowledge.entry(id)?.phrasings.some(same)) ?? null;
}

function chosen(entryId: string, before: FaqState, language: FaqLanguage, knowledge: Knowledge): FaqMove {
  const entry = knowledge.entry(entryId);
  // It was taken off between the asking and the choosing.
  if (!entry) return missed(before, language);
  const { text, suggestions } = spoken(entry, language);
  const state: FaqState = { asked: [], missed: 0, question: before.question ?? entry.phrasings[0]! };
  return {
    answer: { steps: [{ do: 'say', text, suggestions: suggestions ?? [] }], state },
    outcome: { kind: 'choice', entryId },
  };
}

function missed(before: FaqState, language: FaqLanguage): FaqMove {
  const misses = before.missed + 1;
  const state: FaqState = { asked: [], missed: misses, question: before.question };
  if (misses >= MISSES) return talk(handOff('unsure', before.question), state);
  const words = faqTexts[language];
  const suggestions: Suggestion[] = [
    { kind: 'reply', label: words.person, payload: 'faq:person' },
    { kind: 'reply', label: words.again, payload: 'faq:again' },
  ];
  return talk({ do: 'ask', text: words.notSure, suggestions }, state);
}

function handOff(reason: 'asked' | 'unsure', asked: string | null): BotStep {
  return { do: 'handOff', reason, ...(asked === null ? {} : { summary: asked }) };
}

const SUMMARY = 200;

function talk(step: BotStep, state: FaqState): FaqMove {
  return { answer: { steps: [step], state }, outcome: { kind: 'talk' } };
}

function stateOf(kept: unknown): FaqState {
  const { asked, missed: misses, question: last } = (kept ?? {}) as Partial<FaqState>;
  return {
    asked: Array.isArray(asked) ? asked.filter((id) => typeof id === 'string') : [],
    missed: typeof misses === 'number' ? misses : 0,
    question: typeof last === 'string' ? last : null,
  };
}
