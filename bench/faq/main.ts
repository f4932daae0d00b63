/**
 * `npm run bench:faq`: how well the FAQ bot understands. `-- --fit` prints the weights that the tuning half asks for,
 * `-- --wrong` what of the tuning half goes wrong; the other half is only counted.
 */
import { FaqIndex, type Indexed } from '#libs/bots/faq/matching/faq-index.js';
import { choicesOf, judge } from '#libs/bots/faq/matching/verdict.js';
import { fit } from './fit.js';
import { readEntries, readQuestions, type Half, type Question } from './question-set.js';

const entries = readEntries();
const questions = readQuestions();
const index = FaqIndex.of(entries);
const options = new Set(process.argv.slice(2));

interface Score {
  asked: number;
  outside: number;
  /** The nearest entry is the right one, whether it was said or not. */
  nearest: number;
  answered: number;
  right: number;
  back: number;
  /** … and the right one is among what was asked back. */
  backRight: number;
  outsideAnswered: number;
  outsideBack: number;
}

function score(asked: readonly Question[]): Score {
  const sum: Score = {
    asked: 0,
    outside: 0,
    nearest: 0,
    answered: 0,
    right: 0,
    back: 0,
    backRight: 0,
    outsideAnswered: 0,
    outsideBack: 0,
  };
  for (const { half, language, entry, question } of asked) {
    const judgement = judge(index, question, (each) => each.language === language);
    const { verdict, candidates } = judgement;
    const first = candidates[0]?.id;
    const back = verdict === 'ask';
    if (entry === '') {
      sum.outside++;
      if (verdict === 'answer') sum.outsideAnswered++;
      if (back) sum.outsideBack++;
    } else {
      sum.asked++;
      if (first === entry) sum.nearest++;
      if (verdict === 'answer') sum.answered++;
      if (verdict === 'answer' && first === entry) sum.right++;
      if (back) sum.back++;
      if (back && choicesOf(judgement).some(({ id }) => id === entry)) sum.backRight++;
    }
    if (options.has('--wrong') && half === 'tune' && verdict === 'answer' && first !== entry)
      console.log(`  ${question} → ${first}, not ${entry || 'anything'}`);
  }
  return sum;
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} % (${part}/${whole})`;
}

function print(title: string, sum: Score): void {
  const of = sum.answered + sum.outsideAnswered;
  console.log(`\n${title}: ${sum.asked} questions, ${sum.outside} out of scope`);
  const rows: [string, string][] = [
    ['nearest entry is the right one (recall@1)', percent(sum.nearest, sum.asked)],
    ['answered', percent(sum.answered, sum.asked)],
    ['right of those answered', percent(sum.right, sum.answered)],
    ['right of all answers given, out of scope included', percent(sum.right, of)],
    ['asked back', percent(sum.back, sum.asked)],
    ['  with the right one among the choices', percent(sum.backRight, sum.back)],
    ['answered or asked back rightly', percent(sum.right + sum.backRight, sum.asked)],
    ['out of scope, but answered', percent(sum.outsideAnswered, sum.outside)],
    ['out of scope, asked back', percent(sum.outsideBack, sum.outside)],
  ];
  for (const [name, value] of rows) console.log(`  ${name.padEnd(52)}${value}`);
}

if (options.has('--fit'))
  console.log(
    fit(
      index,
      questions.filter(({ half }) => half === 'tune'),
    ),
  );

for (const half of ['tune', 'held'] satisfies Half[]) {
  const own = questions.filter((each) => each.half === half);
  const name = half === 'tune' ? 'Tuning half' : 'Held-out half';
  for (const language of ['ja', 'en'] as const)
    print(
      `${name}, ${language === 'ja' ? 'Japanese' : 'English'}`,
      score(own.filter((each) => each.language === language)),
    );
  if (half === 'held') {
    console.log('\nHeld-out half, Japanese, by how it is asked: answered · right of those');
    for (const kind of new Set(own.map((each) => each.kind)))
      if (kind !== 'outside') {
        const { asked, answered, right } = score(own.filter((each) => each.kind === kind && each.language === 'ja'));
        console.log(`  ${kind.padEnd(52)}${percent(answered, asked)} · ${percent(right, answered)}`);
      }
  }
}

/** A thousand entries: the same ones with words of their own between. */
const many: Indexed[] = Array.from({ length: 1000 }, (_, place) => {
  const entry = entries[place % entries.length]!;
  const own = ` ${String.fromCodePoint(0x4e00 + place * 7)}${String.fromCodePoint(0x5e00 + place * 5)}`;
  return { ...entry, id: `${place}`, phrasings: entry.phrasings.map((each) => each + own) };
});
const began = performance.now();
const large = FaqIndex.of(many);
const built = performance.now() - began;
// The first ones are slower: the program is still being compiled.
for (const { question } of questions) judge(large, question);
const times = questions.map(({ question }) => {
  const from = performance.now();
  judge(large, question);
  return performance.now() - from;
});
const sorted = times.toSorted((a, b) => a - b);
const at = (share: number): string => `${sorted[Math.floor(share * (sorted.length - 1))]!.toFixed(2)} ms`;
console.log(
  `\n1,000 entries: index built in ${built.toFixed(0)} ms; a question p50 ${at(0.5)}, p99 ${at(0.99)}, slowest ${at(1)}`,
);
