import { FaqEntries } from '#libs/bots/index.js';
import type { Author } from '#libs/conversations/index.js';
import { readSuggestions, type CreateFaqBody } from '#libs/contracts/index.js';
import type { Console } from '../console.js';

type Entry = Pick<CreateFaqBody, 'category' | 'language' | 'phrasings'> & { text: string; buttons?: string };

const entries: readonly Entry[] = [
  {
    category: '予約',
    phrasings: ['予約を確認したい', '予約内容の確認方法', '予約番号がわからない'],
    text: 'マイページの「予約一覧」でご確認いただけます。予約番号は、予約完了メールの1行目にあります。',
    buttons: '予約一覧を開く https://travel.example/bookings',
  },
  {
    category: '予約',
    phrasings: ['予約の日程を変更したい', '出発日を変えたい', '別の日の便に振り替えたい'],
    text: '出発の3日前までは、マイページの「予約の変更」から日程を変更できます。差額がある場合は、画面に表示されます。',
    buttons: '予約の変更 https://travel.example/bookings/change\nキャンセル料はいくらですか',
  },
  {
    category: '予約',
    phrasings: ['予約をキャンセルしたい', '旅行を取りやめたい', '予約の取り消し'],
    text: 'マイページの「予約の取り消し」からお手続きください。出発の20日前までは無料です。',
    buttons: '予約の取り消し https://travel.example/bookings/cancel\nキャンセル料はいくらですか',
  },
  {
    category: '予約',
    phrasings: ['キャンセル料はいくらですか', 'キャンセル料', '取消料がかかるのはいつから'],
    text: 'キャンセル料は次のとおりです。\n・20日前まで: 無料\n・19〜8日前: 20 %\n・7〜2日前: 30 %\n・前日: 40 %\n・当日: 50 %',
  },
  {
    category: '予約',
    phrasings: ['予約者の名前を変更したい', '搭乗者の氏名を間違えた', '名前の綴りを直したい'],
    text: '航空券のお名前は、発券前であれば無料で訂正できます。発券後は、取り消しのうえ取り直しとなります。',
  },
  {
    category: 'お支払い',
    phrasings: ['支払い方法は何がありますか', 'コンビニで払えますか', '分割払いはできますか'],
    text: 'クレジットカード、コンビニ、銀行振込がお使いになれます。分割払いは、クレジットカードで3回から承ります。',
  },
  {
    category: 'お支払い',
    phrasings: ['領収書を発行してほしい', 'インボイス対応の領収書', '領収書の宛名を変えたい'],
    text: 'マイページの「領収書」から、宛名を入力してPDFで発行できます。登録番号も記載されます。',
    buttons: '領収書 https://travel.example/receipts',
  },
  {
    category: 'お支払い',
    phrasings: ['返金はいつされますか', '返金の時期', 'お金が戻らない'],
    text: '取り消しのお手続きから、カードは約2週間、銀行振込は5営業日で返金いたします。',
  },
  {
    category: '手荷物・空港',
    phrasings: [
      '手荷物は何キロまで預けられますか',
      '手荷物',
      '機内に持ち込める荷物の大きさ',
      'スーツケースの重さの制限',
    ],
    text: 'お預かりは1個23kgまで2個、機内への持ち込みは10kgまで1個です。航空会社により異なる場合があります。',
  },
  {
    category: '手荷物・空港',
    phrasings: ['空港には何時間前に着けばよいですか', 'チェックインは何分前まで', '集合時間を知りたい'],
    text: '国内線は出発の60分前、国際線は2時間前までに空港へお越しください。',
  },
  {
    category: '手荷物・空港',
    phrasings: ['荷物が届かない・見つからない', '空港に忘れ物をした', '預けた荷物が壊れていた'],
    text: 'まず到着空港の手荷物カウンターへお申し出ください。お手続きのあと、こちらでも状況をお調べします。',
  },
  {
    category: '会員',
    phrasings: ['パスワードを忘れた', 'マイページにログインできない'],
    text: 'ログイン画面の「パスワードをお忘れの方」から再設定できます。',
    buttons: 'パスワードの再設定 https://travel.example/password',
  },
  {
    category: '会員',
    phrasings: ['ポイントの有効期限', '貯まっているポイントを知りたい', 'ポイントの使い方'],
    text: 'ポイントは最後のご旅行から2年間有効です。1ポイント1円で、お支払い画面からお使いになれます。',
  },
  {
    category: '窓口',
    phrasings: ['営業時間を教えてください', '電話で問い合わせたい', '土日もやっていますか'],
    text: 'お電話は毎日9時から18時まで承ります。このメッセージは、いつでもお送りいただけます。',
    buttons: '電話をかける tel:+81312345678',
  },
  {
    category: 'Booking',
    language: 'en',
    phrasings: ['How do I change my booking?', 'I want to travel on another day'],
    text: 'Until three days before departure you can change the date under “Change my booking” on your page.',
    buttons: 'Change my booking https://travel.example/en/bookings/change',
  },
  {
    category: 'Booking',
    language: 'en',
    phrasings: ['How do I cancel my booking?', 'What is the cancellation fee?'],
    text: 'Cancelling is free until 20 days before departure; after that it is 20 % to 50 % of the price.',
  },
  {
    category: 'Baggage',
    language: 'en',
    phrasings: ['How much baggage may I take?', 'What is the weight limit of a suitcase?'],
    text: 'Two pieces of 23 kg each in the hold, and one of 10 kg in the cabin. Some airlines differ.',
  },
];

/** What the demo's FAQ bot knows. Whether it is on duty is decided where bots are given their places. */
export async function makeFaq(app: Console['app'], author: Author, accountId: string): Promise<void> {
  const faq = app.get(FaqEntries);
  for (const { text, buttons, ...entry } of entries) {
    const { suggestions } = readSuggestions(buttons ?? '');
    const content = { type: 'text' as const, text, ...(suggestions.length > 0 ? { suggestions } : {}) };
    await faq.create(author, { ...entry, accountId, content });
  }
}
