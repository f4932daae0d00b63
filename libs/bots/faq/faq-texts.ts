import type { FaqLanguage } from '#libs/contracts/index.js';

interface Texts {
  askBack: string;
  askBackOne: string;
  none: string;
  notSure: string;
  person: string;
  again: string;
  askAgain: string;
  greeting: string;
  thanks: string;
  talkToPerson: string;
}

/** What the FAQ bot says of its own; everything else stands in entries. */
export const faqTexts: Record<FaqLanguage, Texts> = {
  ja: {
    askBack: 'お知りになりたいことは、次のどれに近いでしょうか。',
    askBackOne: 'お知りになりたいことは、こちらでしょうか。',
    none: 'この中にはない',
    notSure:
      '申し訳ございません。ご質問に合うご案内が見つかりませんでした。担当者におつなぎしますか。別の言い方でご質問いただくこともできます。',
    person: '担当者につなぐ',
    again: '別の言い方で質問する',
    askAgain: 'ご質問を、短い文でお送りください。例:「送料はいくらですか」',
    greeting: 'お問い合わせありがとうございます。ご質問を、短い文でお送りください。',
    thanks: 'お役に立てましたら幸いです。ほかにもご質問がありましたら、お送りください。',
    talkToPerson: '解決しない(担当者へ)',
  },
  en: {
    askBack: 'Which of these is nearest to what you would like to know?',
    askBackOne: 'Is this what you would like to know?',
    none: 'None of these',
    notSure:
      'I am sorry, I found nothing that answers your question. Shall I pass you on to a person? You may also ask in other words.',
    person: 'Talk to a person',
    again: 'Ask in other words',
    askAgain: 'Please send your question in one short sentence, for example “How much is delivery?”.',
    greeting: 'Thank you for writing to us. Please send your question in one short sentence.',
    thanks: 'I am glad if that helped. If you have another question, please send it.',
    talkToPerson: 'Talk to a person',
  },
};
