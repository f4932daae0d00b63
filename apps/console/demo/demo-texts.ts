import { CannedResponses, ForbiddenWords, type Author } from '#libs/conversations/index.js';
import { readSuggestions, type CreateCannedBody, type ForbiddenWordBody } from '#libs/contracts/index.js';
import type { Console } from '../console.js';

type Text = Pick<CreateCannedBody, 'name' | 'reading' | 'shortcut'> & {
  folder: string;
  text: string;
  buttons?: string;
};

const texts: readonly Text[] = [
  {
    folder: 'あいさつ',
    name: 'はじめのご挨拶',
    reading: 'はじめのごあいさつ',
    shortcut: 'hi',
    text: '{お客様名} 様\nお問い合わせありがとうございます。{公式アカウント名}の{担当者名}です。\n内容を確認いたしますので、少々お待ちください。',
  },
  {
    folder: 'あいさつ',
    name: 'お待たせするとき',
    reading: 'おまたせするとき',
    shortcut: 'wait',
    text: '確認にお時間をいただいております。恐れ入りますが、あと10分ほどお待ちいただけますでしょうか。',
  },
  {
    folder: 'あいさつ',
    name: '終わりのご挨拶',
    reading: 'おわりのごあいさつ',
    shortcut: 'bye',
    text: 'ほかにお困りのことはございませんか。\nまたいつでもこちらへメッセージをお送りください。ご利用ありがとうございました。',
  },
  {
    folder: 'カードの不正利用',
    name: '身に覚えのない請求',
    reading: 'みにおぼえのないせいきゅう',
    shortcut: 'fraud',
    text: '{お客様名} 様\nご不安なことと存じます。まず、カードの利用をすぐに止めます。\n次の3点をお知らせください。\n1. 身に覚えのないご利用の日付と金額\n2. 最後にご自身で使われた日と場所\n3. カードがお手元にあるかどうか\n※ カード番号と暗証番号は、このメッセージには書かないでください。',
  },
  {
    folder: 'カードの不正利用',
    name: '利用停止の完了',
    reading: 'りようていしのかんりょう',
    shortcut: 'stop',
    text: '{日付}にカードの利用を停止しました。これ以降のご利用はすべて承認されません。\n不正なご利用分は調査のうえ、ご請求から差し引きます。調査には2週間ほどかかります。\n受付番号: {属性:受付番号}',
  },
  {
    folder: 'カードの不正利用',
    name: '再発行のご案内',
    reading: 'さいはっこうのごあんない',
    shortcut: 'reissue',
    text: '新しいカードは、ご登録の住所へ簡易書留で1週間ほどでお届けします。\n公共料金など、毎月の自動払いにご登録の場合は、新しい番号への変更をお願いいたします。',
  },
  {
    folder: '旅先の安全',
    name: '安否の確認',
    reading: 'あんぴのかくにん',
    shortcut: 'safe',
    text: '{お客様名} 様\n滞在先の地域で災害が発生したとの知らせを受けています。ご無事でしょうか。次のどれかを押してお知らせください。',
    buttons: '無事です\n助けが必要です\n現地にいません',
  },
  {
    folder: '旅先の安全',
    name: '避難と連絡先',
    reading: 'ひなんとれんらくさき',
    shortcut: 'evac',
    text: 'まず、身の安全を第一に行動してください。現地当局と宿泊先の案内に従い、海岸や川には近づかないでください。\n24時間つながる緊急デスク: +81-3-0000-0000\nこちらの会話も開いたままにしておきます。',
  },
  {
    folder: '旅先の安全',
    name: '欠航時の振替',
    reading: 'けっこうじのふりかえ',
    shortcut: 'cancelled',
    text: 'ご搭乗予定の便が欠航となりました。次のどちらをご希望でしょうか。\n・翌日以降の便への振替(無料)\n・全額の払い戻し\n振替をご希望の場合は、ご都合のよい日もお知らせください。',
    buttons: '振替を希望\n払い戻しを希望',
  },
  {
    folder: 'ファンクラブのチケット',
    name: '先行抽選の結果',
    reading: 'せんこうちゅうせんのけっか',
    shortcut: 'lottery',
    text: '{お客様名} 様\n先行抽選の結果は、会員ページの「お申し込み履歴」でご確認いただけます。\n当選された方のお支払い期限は、発表から3日後の23時59分です。期限を過ぎますと、当選は無効となります。',
  },
  {
    folder: 'ファンクラブのチケット',
    name: '電子チケットが表示されない',
    reading: 'でんしちけっとがひょうじされない',
    shortcut: 'eticket',
    text: '電子チケットは、公演の前日の正午から表示されます。\n表示されないときは、次をお試しください。\n1. アプリを最新版に更新する\n2. 会員番号({属性:会員番号})でサインインし直す\n3. 端末の時刻を自動設定にする\nそれでも表示されない場合は、画面の写真をこちらへお送りください。',
  },
  {
    folder: 'ファンクラブのチケット',
    name: '同行者の変更',
    reading: 'どうこうしゃのへんこう',
    shortcut: 'companion',
    text: '同行者の変更は、公演の3日前まで1回に限り承ります。新しい同行者のお名前(ふりがな)と会員番号をお知らせください。\nチケットの転売、譲渡は規約により禁止されています。',
  },
];

const words: readonly Omit<ForbiddenWordBody, 'accountId'>[] = [
  { word: '暗証番号を教えて', severity: 'block', note: '暗証番号は、どんなときもお聞きしません。' },
  { word: '絶対に', severity: 'warn', note: '「原則として」などに言い換えます。' },
  { word: '自己責任', severity: 'warn', note: 'お客様を突き放す表現です。' },
];

/** What the demo's agents have at hand behind `/`, and what they are warned of. */
export async function makeTexts(app: Console['app'], author: Author, accountId: string): Promise<void> {
  const canned = app.get(CannedResponses);
  for (const { text, buttons = '', ...body } of texts) {
    const { suggestions } = readSuggestions(buttons);
    const content = { type: 'text' as const, text, suggestions };
    await canned.create(author, { ...body, scope: 'account', ownerId: accountId, content });
  }
  const forbidden = app.get(ForbiddenWords);
  for (const word of words) await forbidden.create(author, { ...word, accountId });
}
