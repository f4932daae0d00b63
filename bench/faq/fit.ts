import { leadOf } from '#libs/bots/faq/matching/verdict.js';
import type { FaqIndex } from '#libs/bots/faq/matching/faq-index.js';
import type { Question } from './question-set.js';

const names = ['likeness', 'covered', 'fulfilled', 'lead', 'strange'] as const;
const ROUNDS = 6000;
const STEP = 0.05;
/** Keeps weights small where few questions speak for them. */
const RIDGE = 0.3;

/** Logistic regression: what makes the nearest entry the right one. Only ever given the tuning half. */
export function fit(index: FaqIndex, questions: readonly Question[]): Record<string, number> {
  const seen: { traces: number[]; right: number }[] = [];
  for (const { language, question, entry } of questions) {
    const [first, second] = index.nearest(question, 2, (each) => each.language === language);
    if (!first) continue;
    const { likeness, covered, fulfilled, strange } = first;
    seen.push({
      traces: [likeness, covered, fulfilled, leadOf(first, second), strange],
      right: first.id === entry ? 1 : 0,
    });
  }
  const weights = names.map(() => 0);
  let bias = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const slope = weights.map((weight) => RIDGE * weight);
    let lift = 0;
    for (const { traces, right } of seen) {
      const sum = traces.reduce((total, trace, at) => total + trace * weights[at]!, bias);
      const off = 1 / (1 + Math.exp(-sum)) - right;
      traces.forEach((trace, at) => (slope[at]! += off * trace));
      lift += off;
    }
    slope.forEach((each, at) => (weights[at]! -= STEP * each));
    bias -= STEP * lift;
  }
  return Object.fromEntries([...names.map((name, at) => [name, round2(weights[at]!)]), ['bias', round2(bias)]]);
}

function round2(value: number): number {
  return Math.round(value * 100) / 100;
}
