import { wordingOf } from './wording.js';

/**
 * Finds known words in a text, each by its longest form, and no character counted for two. A word is known as it is written
 * and as it is read, so that 「えいぎょうじかん」 holds 「営業時間」.
 */
export class Lexicon {
  private readonly forms = new Map<string, { form: string; terms: string[] }[]>();

  constructor(words: Iterable<readonly [word: string, term: string]>) {
    const all = new Map<string, Set<string>>();
    for (const [word, term] of words) {
      const { written, read } = wordingOf(word);
      // Short readings stand in half of all sentences.
      for (const form of new Set(read.length >= SHORTEST_READING ? [written, read] : [written])) {
        if (form === '') continue;
        const known = all.get(form);
        if (known) known.add(term);
        else all.set(form, new Set([term]));
      }
    }
    for (const [form, terms] of all) {
      const list = this.forms.get(form[0]!);
      if (list) list.push({ form, terms: [...terms] });
      else this.forms.set(form[0]!, [{ form, terms: [...terms] }]);
    }
    for (const list of this.forms.values()) list.sort((a, b) => b.form.length - a.form.length);
  }

  within(text: string): Set<string> {
    const found = new Set<string>();
    for (let at = 0; at < text.length;) {
      const hit = this.forms
        .get(text[at]!)
        ?.find(({ form }) => text.startsWith(form, at) && standsAlone(text, at, form));
      for (const term of hit?.terms ?? []) found.add(term);
      at += hit?.form.length ?? 1;
    }
    return found;
  }
}

const SHORTEST_READING = 3;
const latin = /[a-z0-9]/;

/** A Latin word is not found inside another one: `pin` is not in `shipping`. */
function standsAlone(text: string, at: number, form: string): boolean {
  if (latin.test(form[0]!) && latin.test(text[at - 1] ?? ' ')) return false;
  return !(latin.test(form.at(-1)!) && latin.test(text[at + form.length] ?? ' '));
}
