/**
 * What two spellings of the same have in common: NFKC, small letters, hiragana for katakana of either width, and neither
 * spaces nor punctuation. Done for each character with the marks that belong to it, so that every piece of the result knows
 * where it came from.
 */
export interface Normalised {
  text: string;
  /** For each UTF-16 unit of `text`: where its source begins and ends. */
  starts: number[];
  ends: number[];
}

export function normalise(text: string): string {
  let result = '';
  walk(text, (folded) => (result += folded));
  return result;
}

export function normaliseWithPlaces(text: string): Normalised {
  const whole: Normalised = { text: '', starts: [], ends: [] };
  walk(text, (folded, start, end) => {
    whole.text += folded;
    for (let unit = 0; unit < folded.length; unit += 1) {
      whole.starts.push(start);
      whole.ends.push(end);
    }
  });
  return whole;
}

function walk(text: string, take: (folded: string, start: number, end: number) => void): void {
  for (let start = 0; start < text.length;) {
    let end = start + unitsAt(text, start);
    while (end < text.length && isMark(text, end)) end += unitsAt(text, end);
    const folded = end - start === 1 ? foldUnit(text.charCodeAt(start)) : fold(text.slice(start, end));
    if (folded !== '') take(folded, start, end);
    start = end;
  }
}

/** Most characters are one unit; what becomes of each is worked out once. */
const units: (string | undefined)[] = Array.from({ length: 0x10000 });

function foldUnit(unit: number): string {
  return (units[unit] ??= fold(String.fromCharCode(unit)));
}

const variationSelectors = /[\u{FE00}-\u{FE0F}\u{E0100}-\u{E01EF}]/gu;
const leftOut = /[^\p{L}\p{N}\p{M}\p{So}]/gu;
const leadingMarks = /^\p{M}+/u;
const katakana = /[\u30A1-\u30F6\u30FD\u30FE]/g;

/**
 * Shapes of one kanji that names are written with and keyboards are not. NFKC keeps them apart, because a name is written as
 * its owner writes it; whoever looks for it writes the usual one.
 */
const shapes =
  '高髙 崎﨑嵜 辺邊邉 斎齋斉齊 浜濱濵 沢澤 島嶋嶌 広廣 真眞 国國 桜櫻 恵惠 竜龍 徳德 柳栁 富冨 桑桒 橋槗 瀬瀨 黒黑 鉄鐵 与與 関關 滝瀧 条條'.split(
    ' ',
  );
const usualShape = new Map(shapes.flatMap(([usual, ...others]) => others.map((other) => [other, usual!] as const)));
const rareShape = new RegExp(`[${[...usualShape.keys()].join('')}]`, 'gu');

function fold(cluster: string): string {
  return cluster
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFKC')
    .replace(variationSelectors, '')
    .replace(leftOut, '')
    .replace(leadingMarks, '')
    .replace(rareShape, (shape) => usualShape.get(shape)!)
    .replace(katakana, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));
}

const markUnits = new Uint8Array(0x10000);
/** The voicing marks of half-width kana are letters by their class. */
const mark = /^[\p{M}\uFF9E\uFF9F]/u;

function isMark(text: string, place: number): boolean {
  const unit = text.charCodeAt(place);
  if (unit < 0x300) return false;
  if (unit >= 0xd800 && unit <= 0xdfff) return mark.test(text.slice(place, place + 2));
  return (markUnits[unit] ||= mark.test(text[place]!) ? 2 : 1) === 2;
}

function unitsAt(text: string, place: number): number {
  return (text.codePointAt(place) ?? 0) > 0xffff ? 2 : 1;
}
