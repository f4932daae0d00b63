import { overall, type FaqIndex, type Indexed, type Nearness } from './faq-index.js';
import { isCourtesy } from './courtesy.js';

export interface Candidate extends Nearness {
  /** How likely this entry is what was asked for; of the second and third it is only their share of the first. */
  likelihood: number;
}

/**
 * `answer`: the first candidate is right with a likelihood that bears it. `ask`: something is near, but not surely, or two
 * are. `unsure`: nothing is near. `courtesy`: a greeting or thanks, and no question.
 */
export type Verdict = 'answer' | 'ask' | 'unsure' | 'courtesy';

export interface Judgement {
  verdict: Verdict;
  candidates: Candidate[];
}

/** What `likelihood` is made of, as fitted to the tuning half of the questions by `npm run bench:faq -- --fit`. */
export const weights = { likeness: 5.06, covered: 1.1, fulfilled: 1.35, lead: 2.65, strange: -0.74, bias: -2.13 };
export const thresholds = {
  /** From here on it is said. */
  answer: 0.82,
  /** From here on it is asked back. */
  ask: 0.35,
  /** Two that are nearer to each other than this are asked back, however near both are. */
  lead: 0.06,
  /** Two that hold so much of the question, and a good deal more, are asked back too: 「引き落とし」 is the day, or the account. */
  whole: 0.9,
  more: 0.75,
  /** What is asked back is at least so near, beside the first. */
  share: 0.5,
  choices: 3,
} as const;

export function judge(index: FaqIndex, question: string, wanted?: (entry: Indexed) => boolean): Judgement {
  if (isCourtesy(question)) return { verdict: 'courtesy', candidates: [] };
  const nearest = index.nearest(question, 8, wanted);
  const [first, second] = nearest;
  if (!first) return { verdict: 'unsure', candidates: [] };
  const lead = leadOf(first, second);
  const likelihood = likelihoodOf(first, lead);
  const best = overall(first);
  const candidates = nearest.map((each) => ({ ...each, likelihood: likelihood * (overall(each) / best) }));
  const both = isBeginningOfTwo(nearest);
  if (likelihood >= thresholds.answer && lead >= thresholds.lead && !both) return { verdict: 'answer', candidates };
  return { verdict: likelihood >= thresholds.ask ? 'ask' : 'unsure', candidates };
}

/** All that was said stands in two entries, and neither is said to its end. */
function isBeginningOfTwo([first, ...others]: readonly Nearness[]): boolean {
  if (!first || first.covered < thresholds.whole || first.fulfilled > thresholds.more) return false;
  return others.some(({ covered, fulfilled }) => covered >= thresholds.whole && fulfilled <= thresholds.more);
}

/** What is offered when it is asked back. */
export function choicesOf({ candidates }: Judgement): Candidate[] {
  const [first] = candidates;
  return candidates.filter((each) => overall(each) >= overall(first!) * thresholds.share).slice(0, thresholds.choices);
}

/** How far the first is before the second, from 0 to 1. */
export function leadOf(first: Nearness, second: Nearness | undefined): number {
  const best = overall(first);
  return (best - (second ? overall(second) : 0)) / (best + 0.05);
}

function likelihoodOf({ likeness, covered, fulfilled, strange }: Nearness, lead: number): number {
  const sum =
    weights.bias +
    weights.likeness * likeness +
    weights.covered * covered +
    weights.fulfilled * fulfilled +
    weights.lead * lead +
    weights.strange * strange;
  return 1 / (1 + Math.exp(-sum));
}
