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

/** Said at the end rather than at the beginning. */
export function isThanks(text: string): boolean {
  return /ありがと|有難|有り難|助かり|解決し|失礼し|わかりました|分かりました|了解|承知|thank|thx|bye|got it|understood/.test(
    fold(text),
  );
}
