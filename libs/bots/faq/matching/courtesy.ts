import { fold } from '#libs/contracts/index.js';

/** Nothing but this is no question: nobody should be handed to a person for having said thanks. */
const courtesies = new RegExp(
  `^(?:${[
    'こんにち[はわ]',
    'こんばん[はわ]',
    'おはよう(?:ございます)?',
    'はじめまして',
    'どうも',
    '(?:どうも|大変|本当に|とても)?(?:ありがと[うー]?|有難う|有り難う)(?:ございま(?:す|した))?',
    'お世話に(?:なり|なって)(?:ます|おります|ました)',
    'わかりました|分かりました|了解(?:です|しました)?|承知(?:です|しました)?|なるほど',
    'よろしく(?:お願い(?:します|いたします|致します))?',
    '助かりました|解決しました|失礼します',
    'はい|ok|おk|おーけー',
    'hello|hi|hey|good (?:morning|afternoon|evening)',
    '(?:ok )?(?:thank you|thanks|thx)(?: (?:so|very) much| a lot)?',
    'i see|got it|understood|bye',
  ].join('|')})+$`,
  'u',
);

export function isCourtesy(text: string): boolean {
  const said = fold(text)
    .replace(/[^\p{L}\p{N}ー ]+/gu, '')
    .trim();
  return said !== '' && (courtesies.test(said) || courtesies.test(said.replace(/ー+$/, '')));
}
