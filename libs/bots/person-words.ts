import { fold, type BotWords } from '#libs/contracts/index.js';
import { writtenIn } from './thread-words.js';

/** Folded: half width, small letters, hiragana. */
const usual = [
  'おぺれーたー',
  'おぺれーた',
  '有人',
  '有人対応',
  '担当者',
  '担当の方',
  '人間',
  'agent',
  'human',
  'operator',
];
const wish =
  /^(の方)?(に|と|へ|を|で)?(つない|繋い|代わっ|変わっ|話し|お?話|相談し|お願い|おねがい|希望|対応).{0,12}$|^(です|ください|下さい)$/u;
const englishWish =
  /^(please )?((i want|i would like|i'd like|i need|can i|may i|let me) )?(to )?((talk|speak|chat|connect me|transfer me)( (to|with))? )?(a |an |the )?(real |live )?(agent|human|operator|human agent)( please)?$/;

/**
 * Whether she asks for a person, in so many words and in nothing else: 「オペレーター」, 「担当者につないでください」, "agent". A
 * question in which such a word only occurs is the bot's to answer.
 */
export function asksForPerson(said: readonly BotWords[], own: readonly string[]): boolean {
  const words = [...usual, ...own.map(plain)].filter((word) => word !== '');
  return said.some((each) => {
    const text = plain(writtenIn(each));
    if (text === '') return false;
    if (words.includes(text) || englishWish.test(text)) return true;
    return usual.some((word) => text.startsWith(word) && wish.test(text.slice(word.length)));
  });
}

/** Without blanks between Japanese letters, and without what ends a sentence. */
function plain(text: string): string {
  return fold(text)
    .trim()
    .replace(/[\s。．.、,！!？?…〜~]+$/u, '')
    .replace(/\s+/g, ' ')
    .replace(/(?<=[^\p{ASCII}]) | (?=[^\p{ASCII}])/gu, '');
}
