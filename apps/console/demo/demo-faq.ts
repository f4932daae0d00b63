import { FaqEntries } from '#libs/bots/index.js';
import { readSuggestions, type CreateFaqBody } from '#libs/contracts/index.js';
import type { Author } from '#libs/conversations/index.js';
import type { Console } from '../console.js';

interface Entry {
  category: string;
  phrasings: string[];
  text: string;
  buttons?: string;
  language?: CreateFaqBody['language'];
}

const entries: readonly Entry[] = [
  {
    category: 'キャンセル・返金',
    phrasings: ['キャンセル料はいくらですか', 'キャンセルしたらお金はかかりますか', '取り消しの手数料を知りたい'],
    text: 'キャンセル料は、出発日の20日前までは無料、19日前から8日前までは旅行代金の20%、7日前から2日前までは30%、前日は40%、当日は50%です。',
    buttons: '返金はいつですか\nオペレーター',
  },
  {
    category: 'キャンセル・返金',
    phrasings: ['返金はいつですか', 'キャンセルした分のお金はいつ戻りますか', '返金までどのくらいかかりますか'],
    text: '返金は、キャンセルの受付から10営業日以内に、お支払いに使われた方法で行います。カードの場合は、締め日により翌月以降の明細に載ることがあります。',
  },
  {
    category: '予約',
    phrasings: ['予約の内容を確認したい', '予約の確認', '予約番号がわかりません'],
    text: '予約の内容は、会員ページの「予約の一覧」でご確認いただけます。予約番号は「HT-」で始まる番号で、予約完了のメールにも記載しています。',
    buttons: '会員ページを開く https://travel.example/my',
  },
  {
    category: '予約',
    phrasings: ['予約を変更したい', '日程を変えられますか', '人数を変更できますか'],
    text: '日程と人数の変更は、出発日の8日前まで、空きがあれば承ります。担当者が確認しますので、予約番号とご希望の内容をお知らせください。',
    buttons: 'オペレーター',
  },
  {
    category: '予約',
    phrasings: ['領収書を発行してください', '領収書の再発行はできますか', '領収書がほしい'],
    text: '領収書は、会員ページの「予約の一覧」から、出発日の翌日以降に発行できます。宛名の変更と再発行も、同じ画面で1回まで行えます。',
  },
  {
    category: '当日',
    phrasings: ['手荷物は何個まで持ち込めますか', '手荷物', '荷物の大きさの制限はありますか'],
    text: '機内へは1個(3辺の合計115 cm、10 kg以内)と身の回り品1個をお持ち込みいただけます。お預けは1個23 kgまで無料です。',
  },
  {
    category: '当日',
    phrasings: ['集合場所はどこですか', '集合場所がわかりません', 'どこに何時に行けばいいですか'],
    text: '集合場所と時刻は、出発の7日前にお送りする「最終のご案内」に記載しています。会員ページの「予約の一覧」からもご覧いただけます。',
  },
  {
    category: '当日',
    phrasings: ['飛行機が欠航になったらどうなりますか', '台風で欠航した場合', '欠航の振替はできますか'],
    text: '欠航のときは、翌日以降の便への振替、または全額の払い戻しをお選びいただけます。手数料はかかりません。',
    buttons: 'オペレーター',
  },
  {
    category: '料金',
    phrasings: ['子ども料金はありますか', '小学生はいくらですか', '赤ちゃんの料金を教えてください'],
    text: '2歳から11歳までのお子さまは大人の70%、2歳未満で座席を使わないお子さまは無料です。',
  },
  {
    category: '料金',
    phrasings: ['支払い方法を教えてください', 'クレジットカードは使えますか', 'コンビニで払えますか'],
    text: 'クレジットカード、コンビニ払い、銀行振込をご利用いただけます。コンビニ払いと振込の期限は、お申し込みから3日後の23時59分です。',
  },
  {
    category: 'その他',
    phrasings: ['営業時間は何時までですか', '電話の受付時間', '土日も営業していますか'],
    text: 'こちらのメッセージは24時間受け付けています。担当者がお答えするのは毎日9時から20時までです。',
  },
  {
    category: 'Booking',
    language: 'en',
    phrasings: ['How do I cancel my booking?', 'What does it cost to cancel?', 'cancellation fee'],
    text: 'Cancelling is free until 20 days before departure. After that it costs 20% of the price until 8 days before, 30% until 2 days before, 40% the day before, and 50% on the day.',
    buttons: 'Operator',
  },
];

/** What the FAQ bot could say for the demo's account, once somebody lets it answer there. */
export async function makeFaq(app: Console['app'], author: Author, accountId: string): Promise<void> {
  const faq = app.get(FaqEntries);
  for (const { category, language = 'ja', phrasings, text, buttons = '' } of entries) {
    const { suggestions } = readSuggestions(buttons);
    await faq.create(author, {
      accountId,
      category,
      language,
      phrasings,
      content: { type: 'text', text, suggestions },
    });
  }
}
