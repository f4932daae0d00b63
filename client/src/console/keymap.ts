import type { KeyChoice } from '#libs/contracts/index.js';
import type { Command } from './commands.js';
import { isComposing, type KeyPress } from './keys.js';

/** What can be done by keys, in the order in which it is listed. `Escape` closes and goes back, and stays what it is. */
export const keyGroups = {
  move: [
    'next',
    'previous',
    'open',
    'search',
    'goList',
    'goMine',
    'goUnassigned',
    'goBot',
    'goQueue',
    'goAll',
    'goSettings',
  ],
  write: ['reply', 'note', 'ideas'],
  work: [
    'acceptOffer',
    'declineOffer',
    'take',
    'transfer',
    'hold',
    'snooze',
    'priority',
    'label',
    'reasons',
    'fold',
    'returnToBot',
    'wrapUp',
    'closeAndNext',
    'state',
  ],
  help: ['palette', 'help'],
} as const satisfies Record<string, readonly Command[]>;

export type KeyGroup = keyof typeof keyGroups;
export type KeyedCommand = (typeof keyGroups)[KeyGroup][number];

export const keyedCommands: readonly KeyedCommand[] = Object.values(keyGroups).flat();

/** Matched by what a key types, so that a Japanese and an American keyboard press the same. */
const usual: Record<KeyedCommand, readonly string[]> = {
  next: ['j', 'Alt+ArrowDown'],
  previous: ['k', 'Alt+ArrowUp'],
  open: ['o', 'Enter'],
  search: ['/'],
  goList: ['g i'],
  goMine: ['g m'],
  goUnassigned: ['g u'],
  goBot: ['g b'],
  goQueue: ['g q'],
  goAll: ['g a'],
  goSettings: ['g s'],
  reply: ['r'],
  note: ['n'],
  ideas: ['b', 'Mod+Alt+b'],
  acceptOffer: ['Alt+a'],
  declineOffer: ['Alt+d'],
  take: ['a'],
  transfer: ['t'],
  hold: ['h'],
  snooze: ['z'],
  priority: ['p'],
  label: ['l'],
  reasons: ['y'],
  fold: ['f'],
  returnToBot: [],
  wrapUp: ['w'],
  closeAndNext: ['Mod+Alt+e'],
  state: ['s'],
  palette: ['Mod+k'],
  help: ['?'],
};

/** The keys of a command: the chosen ones, or else the usual ones. */
export function keysOf(command: KeyedCommand, choices: readonly KeyChoice[]): readonly string[] {
  return choices.find((choice) => choice.command === command)?.keys ?? usual[command];
}

export function isUsual(command: KeyedCommand, choices: readonly KeyChoice[]): boolean {
  return keysOf(command, choices).join() === usual[command].join();
}

/** The choices with this command's keys changed; what is as usual is not kept. */
export function withKeys(choices: readonly KeyChoice[], command: KeyedCommand, keys: readonly string[]): KeyChoice[] {
  const others = choices.filter((choice) => choice.command !== command);
  return keys.join() === usual[command].join() ? others : [...others, { command, keys: [...keys] }];
}

/** The command that these keys mean already, or that they would begin, or whose keys begin them. */
export function conflictOf(keys: string, command: KeyedCommand, choices: readonly KeyChoice[]): KeyedCommand | null {
  const meets = (other: string) => other === keys || other.startsWith(`${keys} `) || keys.startsWith(`${other} `);
  return keyedCommands.find((each) => each !== command && keysOf(each, choices).some(meets)) ?? null;
}

export type KeyFault = 'fixed' | 'browser' | 'ime';

const fixed = /^(Shift\+)?(Escape|Tab|Enter|Space|Backspace|Delete|Arrow\w+|Home|End|Page\w+)$|^Mod\+Enter$/;
const browsers = /^Mod\+(Shift\+)?[acdfghjlnpqrstvwxyz0-9+\-=]$|^(F1|F3|F5|F11|F12)$|^Alt\+(ArrowLeft|ArrowRight|F4)$/;
const imes = /^(F6|F7|F8|F9|F10)$|^Mod\+[uiop]$/;

/** Why a key cannot be chosen: it belongs to fields and lists, to the browser, or to whoever converts kana with it. */
export function faultOf(keys: string): KeyFault | null {
  for (const stroke of keys.split(' ')) {
    if (fixed.test(stroke)) return 'fixed';
    if (imes.test(stroke)) return 'ime';
    if (browsers.test(stroke)) return 'browser';
  }
  return null;
}

const modifiers = new Set(['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'Process', 'Unidentified']);

/** One press in the writing of the map; null for a modifier alone, and for AltGr, by which some keyboards write. */
export function strokeOf(press: KeyPress): string | null {
  if (modifiers.has(press.key) || press.altGraph === true) return null;
  const mod = press.ctrlKey || press.metaKey;
  const key = keyName(press, mod);
  if (key === null) return null;
  const letter = /^[a-z]$/.test(key);
  // A sign that needs Shift is that sign.
  const shift = press.shiftKey && (letter || key.length > 1);
  return `${mod ? 'Mod+' : ''}${press.altKey ? 'Alt+' : ''}${shift ? 'Shift+' : ''}${key}`;
}

function keyName({ key, keyCode, altKey }: KeyPress, mod: boolean): string | null {
  if (key === ' ') return 'Space';
  const typed = key.toLowerCase();
  // With Option or Ctrl a key may type another letter, or a dead one; what is printed on it was meant.
  if ((altKey || mod) && !/^[a-z]$/.test(typed) && keyCode >= 65 && keyCode <= 90) {
    return String.fromCharCode(keyCode).toLowerCase();
  }
  if ([...key].length > 1) return key === 'Dead' ? null : key;
  return /^[!-~]$/.test(typed) ? typed : null;
}

export interface Where {
  inField: boolean;
  /** The field has words in it: only keys that leave them alone may act. */
  writing: boolean;
  singleKeys: boolean;
  choices: readonly KeyChoice[];
  /** What was pressed just before and may go on. */
  begun: string | null;
}

export type Heard = { command: Command } | { begun: string } | null;

/** What a key means, here and now. */
export function hear(press: KeyPress, where: Where): Heard {
  if (isComposing(press)) return null;
  const stroke = strokeOf(press);
  if (stroke === null) return null;
  if (stroke === 'Escape') return { command: 'back' };
  if (!mayAct(stroke, where)) return null;
  const after = where.begun === null ? null : meaning(`${where.begun} ${stroke}`, where);
  return after ?? meaning(stroke, where);
}

function meaning(keys: string, { choices }: Where): Heard {
  let begins = false;
  for (const command of keyedCommands) {
    for (const own of keysOf(command, choices)) {
      if (own === keys) return { command };
      begins ||= own.startsWith(`${keys} `);
    }
  }
  return begins ? { begun: keys } : null;
}

function mayAct(stroke: string, { inField, writing, singleKeys }: Where): boolean {
  if (stroke.startsWith('Mod+')) return true;
  // Option and a letter type another one on a Mac: what somebody writes goes before.
  if (stroke.startsWith('Alt+')) return !writing || /^Alt\+(Shift\+)?[A-Z]/.test(stroke);
  return !inField && singleKeys;
}
