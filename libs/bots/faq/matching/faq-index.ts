import { usualRewordings } from './rewordings.js';
import { inTurns } from './in-turns.js';
import { termsOf, vocabularyOf, wordsOf, type Terms, type Vocabulary } from './terms.js';

/** An entry as the index wants it. */
export interface Indexed {
  id: string;
  language: 'ja' | 'en';
  /** As customers ask; the first is its title. */
  phrasings: readonly string[];
  answer: string;
}

/** How near a question is to an entry, each from 0 to 1. */
export interface Nearness {
  id: string;
  /** To the nearest of its phrasings, in what both say and what only one of them says. */
  likeness: number;
  /** How much of the question is said anywhere in the entry. */
  covered: number;
  /** How much of the nearest phrasing is said in the question. */
  fulfilled: number;
  /** How many of the question's words stand in no entry at all; the same for every entry. */
  strange: number;
}

interface Posting {
  phrasing: number;
  weight: number;
}

/** What stands only in the answer counts for less than what stands in a phrasing. */
const IN_ANSWER = 0.4;

/**
 * All entries of an account, by the traces of their phrasings. Built anew when an entry changes; asking it touches only the
 * phrasings that share a trace with the question.
 */
export class FaqIndex {
  private vocabulary: Vocabulary = vocabularyOf([], []);
  private readonly owners: number[] = [];
  private readonly norms: number[] = [];
  private readonly totals: number[] = [];
  private readonly postings = new Map<string, Posting[]>();
  private readonly holding = new Map<string, Map<number, number>>();

  private constructor(private readonly entries: readonly Indexed[]) {}

  /** @param rewordings besides the usual ones */
  static of(entries: readonly Indexed[], rewordings: readonly (readonly string[])[] = []): FaqIndex {
    const index = new FaqIndex(entries);
    for (const _ of index.build(rewordings));
    return index;
  }

  /** As `of`, a few milliseconds at a time: thousands of entries take a second, and others want to be served meanwhile. */
  static async gently(entries: readonly Indexed[], rewordings: readonly (readonly string[])[] = []): Promise<FaqIndex> {
    const index = new FaqIndex(entries);
    await inTurns(index.build(rewordings));
    return index;
  }

  private *build(rewordings: readonly (readonly string[])[]): Generator<void> {
    const words = new Set<string>();
    for (const { phrasings } of this.entries) {
      for (const phrasing of phrasings) for (const word of wordsOf(phrasing)) words.add(word);
      yield;
    }
    this.vocabulary = vocabularyOf(words, [...usualRewordings, ...rewordings]);
    const phrasings: { owner: number; terms: Terms }[] = [];
    for (const [owner, { phrasings: written, answer }] of this.entries.entries()) {
      for (const phrasing of written) {
        const terms = termsOf(phrasing, this.vocabulary);
        phrasings.push({ owner, terms });
        for (const term of terms.keys()) this.hold(term, owner, 1);
      }
      for (const term of termsOf(answer, this.vocabulary).keys()) this.hold(term, owner, IN_ANSWER);
      yield;
    }
    for (const [phrasing, { owner, terms }] of phrasings.entries()) {
      this.owners.push(owner);
      let square = 0;
      let total = 0;
      for (const [term, weight] of terms) {
        const value = weight * this.rarity(term);
        square += value * value;
        total += value;
        const list = this.postings.get(term);
        if (list) list.push({ phrasing, weight: value });
        else this.postings.set(term, [{ phrasing, weight: value }]);
      }
      this.norms.push(Math.sqrt(square));
      this.totals.push(total);
      yield;
    }
  }

  private hold(term: string, owner: number, share: number): void {
    let owners = this.holding.get(term);
    if (!owners) this.holding.set(term, (owners = new Map()));
    if ((owners.get(owner) ?? 0) < share) owners.set(owner, share);
  }

  /** In how few entries it stands; what stands in none is as rare as can be. */
  private rarity(term: string): number {
    const owners = this.holding.get(term)?.size ?? 0;
    return Math.log(1 + (this.entries.length - owners + 0.5) / (owners + 0.5));
  }

  /** The nearest entries, best first. */
  nearest(question: string, most = 5, wanted: (entry: Indexed) => boolean = () => true): Nearness[] {
    const asked = [...termsOf(question, this.vocabulary)].map(([term, weight]) => ({
      term,
      value: weight * this.rarity(term),
    }));
    const length = Math.sqrt(asked.reduce((sum, { value }) => sum + value * value, 0));
    const whole = asked.reduce((sum, { value }) => sum + value, 0);
    if (whole === 0) return [];
    const words = asked.filter(({ term }) => term.startsWith('=') || term.startsWith('#'));
    const unknown = words.filter(({ term }) => !this.holding.has(term)).length;
    const strange = unknown / Math.max(1, words.length);
    const products = new Float64Array(this.owners.length);
    const shared = new Float64Array(this.owners.length);
    const covered = new Float64Array(this.entries.length);
    for (const { term, value } of asked) {
      for (const { phrasing, weight } of this.postings.get(term) ?? []) {
        products[phrasing]! += value * weight;
        shared[phrasing]! += weight;
      }
      for (const [owner, share] of this.holding.get(term) ?? []) covered[owner]! += value * share;
    }
    // Of each entry the nearest phrasing.
    const nearest = new Int32Array(this.entries.length).fill(-1);
    const likeness = new Float64Array(this.entries.length);
    for (const [phrasing, product] of products.entries()) {
      if (product === 0) continue;
      const owner = this.owners[phrasing]!;
      const like = product / (length * this.norms[phrasing]!);
      if (nearest[owner] !== -1 && likeness[owner]! >= like) continue;
      nearest[owner] = phrasing;
      likeness[owner] = like;
    }
    const best: Nearness[] = [];
    for (const [owner, phrasing] of nearest.entries()) {
      if (phrasing === -1 || !wanted(this.entries[owner]!)) continue;
      const fulfilled = shared[phrasing]! / this.totals[phrasing]!;
      const near: Nearness = {
        id: this.entries[owner]!.id,
        likeness: likeness[owner]!,
        covered: covered[owner]! / whole,
        fulfilled,
        strange,
      };
      const last = best.at(-1);
      if (best.length === most && overall(near) <= overall(last!)) continue;
      if (best.length === most) best.pop();
      const at = best.findIndex((each) => overall(each) < overall(near));
      best.splice(at === -1 ? best.length : at, 0, near);
    }
    return best;
  }
}

/** By this they are put in order. */
export function overall({ likeness, covered, fulfilled }: Nearness): number {
  return likeness + 0.6 * covered + 0.15 * fulfilled;
}
