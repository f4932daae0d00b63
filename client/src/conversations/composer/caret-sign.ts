import type { Stretch } from './writing.js';

/** The character that opens a menu, and what may stand before it. */
export interface CaretSign {
  /** Every form of it: an input method types the full-width one. */
  forms: string;
  /** `gap`: the beginning of a line, a space, or a closing mark. `word`: anything but what an address is made of. */
  after: 'gap' | 'word';
}

export interface Called {
  /** From the sign up to the cursor. */
  stretch: Stretch;
  /** What stands behind the sign. */
  query: string;
}

const LONGEST_QUERY = 40;
const GAP = /[\s、。!?!?」』)):]/;
const ADDRESS = /[\w.+-]/;

/** What is being asked for right before the cursor; null when nothing is. A space ends it. */
export function calledAt(text: string, caret: number, sign: CaretSign): Called | null {
  for (let from = caret - 1; from >= 0 && caret - from <= LONGEST_QUERY + 1; from -= 1) {
    const character = text[from]!;
    if (/\s/.test(character)) return null;
    if (!sign.forms.includes(character)) continue;
    const before = text[from - 1];
    const free = before === undefined || (sign.after === 'gap' ? GAP.test(before) : !ADDRESS.test(before));
    return free ? { stretch: { from, to: caret }, query: text.slice(from + 1, caret) } : null;
  }
  return null;
}
