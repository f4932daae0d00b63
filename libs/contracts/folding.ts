/**
 * How the console compares what people write: compatibility forms (ＮＧ, ﾃﾞｰﾀ, ①), case and the two kana are one. Lengths
 * change on the way (ﾃﾞ is one sound in two characters, ㌔ two in one), so every folded character knows where it stood.
 */
export interface Folded {
  text: string;
  /** For each unit of `text`: where in the original its character begins, and where it ends. */
  starts: number[];
  ends: number[];
}

/** Marks that change the character before them: voiced sounds, accents, the choice of a form. */
const mark = /[\p{M}\uFF9E\uFF9F\u309B\u309C]/u;
const standalone: Record<string, string> = {
  '\uFF9E': '\u3099',
  '\uFF9F': '\u309A',
  '\u309B': '\u3099',
  '\u309C': '\u309A',
};
const unseen = /\p{Variation_Selector}|\u200D|[\u00AD\u200B\u200C\u200E\u200F\u2060\uFEFF]/gu;

export function foldWithPlaces(text: string): Folded {
  const folded: Folded = { text: '', starts: [], ends: [] };
  let cluster = '';
  let start = 0;
  const close = (end: number): void => {
    const plain = foldCluster(cluster);
    folded.text += plain;
    for (let unit = 0; unit < plain.length; unit++) {
      folded.starts.push(start);
      folded.ends.push(end);
    }
  };
  let at = 0;
  for (const character of text) {
    if (cluster !== '' && !isMark(character)) {
      close(at);
      cluster = '';
      start = at;
    }
    cluster += character;
    at += character.length;
  }
  if (cluster !== '') close(at);
  return folded;
}

/** As `foldWithPlaces`, for what is only compared. */
export function fold(text: string): string {
  return foldWithPlaces(text).text;
}

/** Below these there are none; looking them up costs more than everything else. */
function isMark(character: string): boolean {
  const unit = character.charCodeAt(0);
  if (unit < 0x300 || (unit > 0x309c && unit < 0xd800)) return unit >= 0xa66f && unit <= 0xabed && mark.test(character);
  return mark.test(character);
}

function foldCluster(cluster: string): string {
  if (cluster.length === 1) {
    // Most of what people write needs no tables.
    const unit = cluster.charCodeAt(0);
    if ((unit >= 0x3041 && unit <= 0x3096) || (unit >= 0x4e00 && unit <= 0x9fff)) return cluster;
    if (unit >= 0x30a1 && unit <= 0x30f6) return String.fromCharCode(unit - 0x60);
    if (unit < 0x80) return cluster.toLowerCase();
  }
  const joined = cluster.replace(/[\uFF9E\uFF9F\u309B\u309C]/g, (sound) => standalone[sound]!);
  const lower = joined.normalize('NFKC').toLowerCase().normalize('NFC').replace(unseen, '');
  return lower.replace(/[\u30A1-\u30F6\u30FD\u30FE]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));
}
