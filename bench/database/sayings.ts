/**
 * What people write to a call centre: a dozen turns of phrase, a thing and a place. Of the places half are common and half are
 * named once in a few thousand messages, as words are.
 */
const phrases = [
  'ですが、日付を来週の土曜日に変更することはできますか。',
  'の件で先日お電話した者です。その後いかがでしょうか。',
  'をお願いしたいのですが、どのような手続きが必要ですか。',
  'について確認しました。ご連絡ありがとうございます。',
  'が届きません。配送の状況を教えていただけますか。',
  'の請求書を再発行していただくことは可能でしょうか。',
  'を解約したいと思っています。違約金はかかりますか。',
  'の画面が開けません。パスワードも忘れてしまいました。',
  'はいつ頃になりますか。急いでいます。',
  'の見積もりをいただけますか。担当の方によろしくお伝えください。',
  'に住所を変更しました。書類の送付先もお願いします。',
  'をキャンセルしてください。返金はいつになりますか。',
];
const things = [
  '予約',
  '注文',
  '契約',
  '商品',
  '口座',
  '保険',
  '荷物',
  '会員登録',
  '修理',
  'お支払い',
  'ご案内',
  'クレジットカード',
];
const places = ['東京', '大阪', '横浜', '名古屋', '札幌', '神戸', '福岡', '仙台', '広島', '京都'];
const rarePlaces =
  '室蘭 釧路 稚内 根室 弘前 角館 米沢 会津 足利 秩父 銚子 熱海 下呂 飛騨 彦根 舞鶴 豊岡 津山 尾道 萩市 鳴門 宇和島 柳川 臼杵 指宿'.split(
    ' ',
  );
const oneOf = (words: readonly string[], by: string): string =>
  `(array[${words.map((word) => `'${word}'`).join(',')}])[1 + (${by}) % ${words.length}]`;

/** Of the n-th conversation, at this place of it: SQL over `n` and `seq`. */
export const saidSql = `case (n * 7 + seq * 13) % 200 when 0 then ${oneOf(rarePlaces, 'n / 7 + seq')} || 'の'
      when 1 then '' else ${oneOf(places, 'n * 13 + seq')} || 'の' end
      || ${oneOf(things, 'n * 31 + seq * 17')} || ${oneOf(phrases, 'n * 11 + seq * 29')}`;

/** The same, for messages that come while something is measured: they are about the same things. */
export function said(n: number, seq: number): string {
  const of = (words: readonly string[], by: number): string => words[by % words.length]!;
  const place = (n * 7 + seq * 13) % 200;
  const from =
    place === 0 ? `${of(rarePlaces, Math.floor(n / 7) + seq)}の` : place === 1 ? '' : `${of(places, n * 13 + seq)}の`;
  return `${from}${of(things, n * 31 + seq * 17)}${of(phrases, n * 11 + seq * 29)}`;
}
