import i18next, { type TFunction } from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  leftOutReasons,
  strategies,
  type Candidate,
  type DecisionPath,
  type DecisionView,
  type OfferOutcome,
  type Score,
} from '#libs/contracts/index.js';
import { en } from '../i18n/en.js';
import { ja } from '../i18n/ja.js';
import { othersOf, reasonOf, type ScoreKey } from './decision-reason.js';
import { DecisionWords } from './decision-words.js';

const at = '2026-11-22T05:05:12.000Z';
const paths = Object.keys({
  engine: true,
  claim: true,
  assignment: true,
  transfer: true,
  reply: true,
} satisfies Record<DecisionPath, true>) as DecisionPath[];
const outcomes = Object.keys({
  accepted: true,
  declined: true,
  expired: true,
  withdrawn: true,
} satisfies Record<OfferOutcome, true>) as OfferOutcome[];
const scoreKeys = Object.keys({
  lastAgent: true,
  busy: true,
  idleSince: true,
  lastAssigned: true,
  freeSlots: true,
  load: true,
  levels: true,
  agentId: true,
} satisfies Record<ScoreKey, true>) as ScoreKey[];

const candidate = (id: string, name: string, place: number | null, change: Partial<Candidate> = {}): Candidate => ({
  agent: { id, name },
  leftOut: [],
  used: 0,
  capacity: 3,
  place,
  score: [],
  ...change,
});
const scored = (...values: [ScoreKey, number][]): Score[] => values.map(([key, value]) => ({ key, value }));
const decision = (change: Partial<DecisionView> = {}): DecisionView => ({
  id: '1',
  contactId: '2',
  at,
  path: 'engine',
  queueId: '3',
  strategy: 'spareCapacity',
  skillStep: null,
  waitedSeconds: 161,
  chosen: { id: '1', name: '葵' },
  by: null,
  override: false,
  offerId: '4',
  outcome: 'accepted',
  candidates: [],
  more: 0,
  ...change,
});

const t = {} as Record<'ja' | 'en', TFunction>;
beforeAll(async () => {
  const translations = i18next.createInstance();
  await translations.init({
    lng: 'ja',
    resources: { ja: { translation: ja }, en: { translation: en } },
    interpolation: { escapeValue: false },
  });
  for (const locale of ['ja', 'en'] as const) t[locale] = translations.getFixedT(locale);
});

const words = (locale: 'ja' | 'en') =>
  new DecisionWords(t[locale], locale, {
    queue: (id) => (id === '3' ? 'カード' : null),
    skill: (id) => (id === '8' ? '英語' : null),
  });

describe('why her', () => {
  it('is the first number in which she and the next one differ', () => {
    const aoi = candidate('1', '葵', 1, { score: scored(['lastAgent', 1], ['freeSlots', -3], ['agentId', 1]) });
    const ren = candidate('2', '蓮', 2, { score: scored(['lastAgent', 1], ['freeSlots', -2], ['agentId', 2]) });
    const told = decision({ candidates: [ren, aoi] });
    expect(reasonOf(told)).toEqual({ kind: 'compared', key: 'freeSlots', hers: -3, others: -2, next: '蓮' });
    expect(words('ja').chosen(told)).toEqual([
      '選び方は「余力順」: 空いている対応枠が最も多い人が先です。',
      '葵 さんは「空き枠 3」、次の 蓮 さんは「空き枠 2」でした。',
    ]);
    expect(words('ja').notChosen(ren, told)).toEqual(['受けられましたが、順番は 2 番目でした(空き枠 2)。']);
    expect(words('en').notChosen(ren, told)).toEqual(['Could have had it, but was number 2 in turn (free slots: 2).']);
  });

  it('is said when she was the only one, when nothing told them apart, and when a second did', () => {
    const aoi = candidate('1', '葵', 1, { score: scored(['lastAssigned', 0], ['agentId', 1]) });
    expect(reasonOf(decision({ candidates: [aoi, candidate('2', '蓮', null)] }))).toEqual({ kind: 'only' });
    expect(reasonOf(decision({ candidates: [] }))).toEqual({ kind: 'only' });
    const alike = candidate('2', '蓮', 2, { score: scored(['lastAssigned', 0], ['agentId', 2]) });
    expect(reasonOf(decision({ candidates: [aoi, alike] }))).toEqual({ kind: 'alike', next: '蓮' });
    const time = Date.parse(at);
    const first = candidate('1', '葵', 1, { score: scored(['lastAssigned', time]) });
    const next = candidate('2', '蓮', 2, { score: scored(['lastAssigned', time + 20]) });
    expect(words('ja').chosen(decision({ candidates: [first, next] }))[1]).toContain('1秒未満の差');
  });

  it('by hand, is whom the queue would have asked', () => {
    const by = { path: 'claim', chosen: { id: '2', name: '蓮' } } as const;
    const aoi = candidate('1', '葵', 1);
    const ren = candidate('2', '蓮', 2);
    expect(reasonOf(decision({ ...by, candidates: [aoi, ren] }))).toEqual({ kind: 'otherByHand', first: '葵' });
    expect(reasonOf(decision({ ...by, candidates: [{ ...ren, place: 1 }] }))).toEqual({ kind: 'sameByHand' });
    expect(reasonOf(decision({ ...by, strategy: null, candidates: [aoi] }))).toEqual({ kind: 'byHand' });
  });
});

describe('why nobody else', () => {
  it('lists those who could first, then those who could not, and never her', () => {
    const told = decision({
      candidates: [
        candidate('4', '空', null),
        candidate('3', '海', 3),
        candidate('1', '葵', 1),
        candidate('2', '蓮', 2),
      ],
    });
    expect(othersOf(told).map(({ agent }) => agent.name)).toEqual(['蓮', '海', '空']);
  });

  it('says what was asked and what she has', () => {
    const say = (locale: 'ja' | 'en', ...of: Parameters<DecisionWords['leftOut']>) => words(locale).leftOut(...of);
    expect(say('ja', { reason: 'skillMissing', skillId: '8', need: 3, has: 1 })).toBe(
      'スキル「英語」が足りませんでした(必要な習熟度 3、本人は 1)。',
    );
    expect(say('ja', { reason: 'skillMissing', skillId: '8', need: 3, has: 0 })).toBe(
      'スキル「英語」がありません(必要な習熟度 3)。',
    );
    expect(say('ja', { reason: 'skillMissing', skillId: '9', need: 3, has: 0 })).toContain('削除されたスキル');
    expect(say('ja', { reason: 'delay', need: 90, has: 12 })).toContain(
      '1分30秒 待ったお客様から受け持ちます(その時は 12秒)',
    );
    expect(say('en', { reason: 'full', need: 2, has: 1 })).toBe('Had too few free slots (needed 2, free 1).');
  });
});

describe.each(['ja', 'en'] as const)('in %s', (locale) => {
  /** A key instead of a text, or a hole that nobody filled. */
  const broken = /\{\{|undefined|NaN|null|why\.|acts\./;
  const fine = (sentence: string) => {
    expect(sentence).not.toMatch(broken);
    expect(sentence.trim()).not.toBe('');
    if (locale === 'en') expect(sentence.replaceAll(/葵|蓮|カード|英語/g, '')).not.toMatch(/[ぁ-んァ-ヶ一-龠]/);
  };

  it('every reason has its words, with and without numbers', () => {
    for (const reason of leftOutReasons) {
      fine(words(locale).leftOut({ reason, need: 2, has: 1, skillId: '8' }));
      const numbered = ['full', 'skillMissing', 'delay'].includes(reason);
      if (!numbered) fine(words(locale).leftOut({ reason }));
    }
    expect(new Set(leftOutReasons.map((reason) => words(locale).leftOut({ reason }))).size).toBe(leftOutReasons.length);
  });

  it('every path, strategy, outcome and compared number has its words', () => {
    const said = words(locale);
    for (const path of paths) {
      const told = decision({ path, by: { id: '2', name: '蓮' } });
      fine(said.path(told));
      fine(said.path(decision({ path, queueId: null })));
      fine(said.path(decision({ path, queueId: '99' })));
      fine(said.waited(told));
      for (const sentence of said.chosen({ ...told, override: true, skillStep: 0 })) fine(sentence);
    }
    for (const strategy of strategies) for (const sentence of said.chosen(decision({ strategy }))) fine(sentence);
    for (const outcome of outcomes) fine(said.outcome(decision({ outcome })) ?? '');
    fine(said.outcome(decision({ outcome: null })) ?? '');
    fine(said.outcome(decision({ outcome: null, offerId: null })) ?? '');
    for (const key of scoreKeys) {
      for (const value of [0, 1, -2, 1 / 3, Date.parse(at) - 86_400_000]) fine(said.score(key, value, at));
    }
    expect(said.score('load', 1 / 3, at)).toContain('33.3%');
  });
});
