import type { Preferences } from '../settings/preferences.js';
import type { Command } from './commands.js';

/** What of a keyboard event decides. */
export interface KeyPress {
  key: string;
  keyCode: number;
  isComposing: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

/** Safari ends a composition before its keydown and tells only by 229. */
export function isComposing(press: KeyPress): boolean {
  return press.isComposing || press.keyCode === 229;
}

export function isSendKey(press: KeyPress, sendKey: Preferences['sendKey']): boolean {
  if (press.key !== 'Enter' || isComposing(press) || press.altKey) return false;
  if (press.ctrlKey || press.metaKey) return true;
  return sendKey === 'enter' && !press.shiftKey;
}

const singleKeys: Partial<Record<string, Command>> = {
  j: 'next',
  k: 'previous',
  o: 'open',
  Enter: 'open',
  r: 'reply',
  n: 'note',
  a: 'take',
  t: 'transfer',
  h: 'hold',
  z: 'snooze',
  p: 'priority',
  l: 'label',
  y: 'reasons',
  w: 'wrapUp',
  s: 'state',
  '?': 'help',
  '/': 'search',
};

export interface Where {
  inField: boolean;
  /** The field has words in it: only keys that leave them alone may act. */
  writing: boolean;
  singleKeys: boolean;
}

/** The command of a key, if it is one here and now. */
export function commandOf(press: KeyPress, where: Where): Command | null {
  if (isComposing(press)) return null;
  const mod = press.ctrlKey || press.metaKey;
  // Option+E types an accent on a Mac, so `key` may be a dead one; the code of the key is what was meant.
  if (mod && press.altKey && isLetter(press, 'e', 69)) return 'closeAndNext';
  // Option+A and Option+D type letters on a Mac: what somebody writes goes before.
  const alone = press.altKey && !mod && !press.shiftKey;
  if (alone && !where.writing && isLetter(press, 'a', 65)) return 'acceptOffer';
  if (alone && !where.writing && isLetter(press, 'd', 68)) return 'declineOffer';
  if (press.altKey && !mod && press.key === 'ArrowDown') return 'next';
  if (press.altKey && !mod && press.key === 'ArrowUp') return 'previous';
  if (press.key === 'Escape' && !mod && !press.altKey) return 'back';
  if (mod || press.altKey || where.inField || !where.singleKeys) return null;
  return singleKeys[press.key] ?? null;
}

/** By what it types, or, where a modifier makes that another character, by the key itself. */
function isLetter(press: KeyPress, letter: string, keyCode: number): boolean {
  return press.key.toLowerCase() === letter || press.keyCode === keyCode;
}
