import { fold } from '#libs/contracts/index.js';
import { readings } from './readings.js';

/**
 * One text in the two forms that are compared: as it is written, with what differs only in spelling made one, and as it is
 * read, as far as the table of common words knows it. 「引落し日」 and 「引き落とし日」 become one, 「えいぎょうじかん」 and 「営業時間」 meet in the second.
 */
export interface Wording {
  written: string;
  read: string;
}

export function wordingOf(text: string): Wording {
  const written = plain(text);
  return { written, read: readingOf(written) };
}

/** Between two words nothing may be found that neither holds. */
export const GAP = ' ';

function plain(text: string): string {
  let folded = fold(text)
    .replace(/[^\p{L}\p{N}ー+]+/gu, GAP)
    // A mark for length that somebody typed as a line, or left out at the end of a loan word: サーバ, サーバー.
    .replace(/(?<=[\u3041-\u3096])[-~〜―‐]+/gu, 'ー')
    .trim();
  if (!japanese.test(folded)) return folded;
  for (const [pattern, one] of spellings) folded = folded.replace(pattern, one);
  for (const pattern of courtesies) folded = folded.replace(pattern, GAP);
  return folded.replace(/ +/g, GAP).trim();
}

export const japanese = /[\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff]/;

/** The same word with more or fewer kana behind its kanji (送り仮名), or with another kanji of the same sense. */
const spellings: readonly (readonly [RegExp, string])[] = [
  [/引き?(?:落と?し?|おと?し)(?!て)/g, '引き落とし'],
  [/引き落と?し/g, '引き落とし'],
  [/申し?込み?/g, '申し込み'],
  [/支払い?/g, '支払い'],
  [/取り?消し?/g, '取り消し'],
  [/取り?替え?/g, '取り替え'],
  [/受け?取り?/g, '受け取り'],
  [/受け?付け?/g, '受け付け'],
  [/乗り?換え?|乗り?替え?/g, '乗り換え'],
  [/切り?替え?/g, '切り替え'],
  [/問い?合わ?せ?/g, '問い合わせ'],
  [/手続き?/g, '手続き'],
  [/届け?出/g, '届け出'],
  [/払い?戻し?/g, '払い戻し'],
  [/振り?込み?/g, '振り込み'],
  [/見積も?り?/g, '見積もり'],
  [/買い?替え?/g, '買い替え'],
  [/打ち?合わ?せ?/g, '打ち合わせ'],
  [/繋が/g, 'つなが'],
  [/無くし|失くし|亡くし/g, 'なくし'],
  [/判ら|分から|解ら/g, 'わから'],
  [/出来/g, 'でき'],
  [/頂/g, 'いただ'],
  [/下さい/g, 'ください'],
  [/欲し/g, 'ほし'],
  [/苗字/g, '名字'],
  [/壊れ|毀れ/g, 'こわれ'],
  [/(?<=[\u3041-\u3096])ー+(?= |$)/g, ''],
  [/ぁ/g, 'あ'],
  [/ぃ(?=[^\u3041-\u3096])/g, 'い'],
];

/** Said with everything, so it says nothing: how one asks, not what. The longest first. */
const courtesies: readonly RegExp[] = [
  /(?:どう(?:すれ|したら|やったら|やれ)ば?(?:よい|いい)?)(?:の|ん)?(?:でしょうか|ですか|でしょう|かな)?/g,
  /(?:を|が)?(?:教え|おしえ)て(?:ください|ほしいです|ほしい|いただけますか|もらえますか)?/g,
  /(?:いただ|もら)(?:くことは|えない|えません|けません|えます|けます|きたい|いたい)(?:でき)?(?:でしょうか|ですか|です|か)?/g,
  /(?:お願い|おねがい)(?:いた)?(?:します|できますか|しました|したい)?/g,
  /(?:の|ん)?(?:でしょうか|ですけれども|ですけれど|ですけど|ですが|だけど|だが|ですか|でした|です|ますか|ました|ません|ます|ください)(?:ね|よ)?(?= |$)/g,
  /(?:すみません|すいません|お世話になっております|お世話になります|お忙しいところ|恐れ入りますが|お手数ですが|ちょっと)/g,
  /(?<![\u3041-\u3096])(?:お|ご)(?=[\u4e00-\u9fff])/g,
  /御(?=[\u4e00-\u9fff])/g,
];

/** The table's words by their first character, the longest first. */
const table = byFirst(readings);

function byFirst(words: ReadonlyMap<string, string>): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const word of words.keys()) {
    const group = groups.get(word[0]!);
    if (group) group.push(word);
    else groups.set(word[0]!, [word]);
  }
  for (const group of groups.values()) group.sort((a, b) => b.length - a.length);
  return groups;
}

export function readingOf(written: string): string {
  let read = '';
  for (let at = 0; at < written.length;) {
    const word = table.get(written[at]!)?.find((each) => written.startsWith(each, at));
    read += word === undefined ? written[at] : readings.get(word);
    at += word?.length ?? 1;
  }
  return read;
}
