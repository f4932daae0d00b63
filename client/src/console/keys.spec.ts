import { describe, expect, it } from 'vitest';
import { conflictOf, faultOf, hear, keyedCommands, keysOf, strokeOf, withKeys, type Where } from './keymap.js';
import { isSendKey, type KeyPress } from './keys.js';

const press = (key: string, change: Partial<KeyPress> = {}): KeyPress => ({
  key,
  keyCode: 0,
  isComposing: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...change,
});
const outside: Where = { inField: false, writing: false, singleKeys: true, choices: [], begun: null };
const writing: Where = { ...outside, inField: true, writing: true };
const commandOf = (pressed: KeyPress, where: Where) => {
  const heard = hear(pressed, where);
  return heard !== null && 'command' in heard ? heard.command : null;
};

describe('the key that sends', () => {
  it('is Ctrl+Enter or ⌘+Enter, and Enter alone only where it was chosen', () => {
    expect(isSendKey(press('Enter', { ctrlKey: true }), 'modEnter')).toBe(true);
    expect(isSendKey(press('Enter', { metaKey: true }), 'modEnter')).toBe(true);
    expect(isSendKey(press('Enter'), 'modEnter')).toBe(false);
    expect(isSendKey(press('Enter'), 'enter')).toBe(true);
    expect(isSendKey(press('Enter', { shiftKey: true }), 'enter')).toBe(false);
  });

  it('is never the Enter that confirms a conversion', () => {
    for (const sendKey of ['enter', 'modEnter'] as const) {
      expect(isSendKey(press('Enter', { isComposing: true, ctrlKey: true }), sendKey)).toBe(false);
      expect(isSendKey(press('Enter', { keyCode: 229 }), sendKey)).toBe(false);
    }
  });
});

describe('shortcuts', () => {
  it('act by single keys outside of fields only', () => {
    expect(commandOf(press('j'), outside)).toBe('next');
    expect(commandOf(press('?', { shiftKey: true }), outside)).toBe('help');
    expect(commandOf(press('j'), writing)).toBeNull();
    expect(commandOf(press('r', { ctrlKey: true }), outside)).toBeNull();
  });

  it('do with a contact what their letters stand for', () => {
    const acts = { t: 'transfer', h: 'hold', z: 'snooze', p: 'priority', l: 'label', y: 'reasons', w: 'wrapUp' };
    for (const [key, command] of Object.entries(acts)) {
      expect(commandOf(press(key), outside)).toBe(command);
      expect(commandOf(press(key), writing)).toBeNull();
      expect(commandOf(press(key, { keyCode: 229 }), outside)).toBeNull();
      expect(commandOf(press(key, { isComposing: true }), outside)).toBeNull();
      expect(commandOf(press(key, { ctrlKey: true }), outside)).toBeNull();
    }
  });

  it('can be switched off, all but those that need a modifier', () => {
    const off = { ...outside, singleKeys: false };
    expect(commandOf(press('a'), off)).toBeNull();
    expect(commandOf(press('ArrowDown', { altKey: true }), off)).toBe('next');
  });

  it('move and close while somebody writes', () => {
    expect(commandOf(press('ArrowUp', { altKey: true }), writing)).toBe('previous');
    expect(commandOf(press('e', { ctrlKey: true, altKey: true }), writing)).toBe('closeAndNext');
    expect(commandOf(press('´', { metaKey: true, altKey: true, keyCode: 69 }), writing)).toBe('closeAndNext');
  });

  it('never act during a conversion', () => {
    for (const key of ['j', 'Escape', 'Enter']) {
      expect(commandOf(press(key, { isComposing: true }), outside)).toBeNull();
      expect(commandOf(press(key, { keyCode: 229 }), writing)).toBeNull();
    }
    expect(commandOf(press('ArrowDown', { altKey: true, isComposing: true }), writing)).toBeNull();
  });

  it('answer an offer from anywhere but the middle of a sentence', () => {
    const alt = { altKey: true };
    const emptyField = { ...outside, inField: true, singleKeys: false };
    for (const where of [outside, emptyField]) {
      expect(commandOf(press('a', alt), where)).toBe('acceptOffer');
      expect(commandOf(press('d', alt), where)).toBe('declineOffer');
      // Option types another character on a Mac.
      expect(commandOf(press('å', { ...alt, keyCode: 65 }), where)).toBe('acceptOffer');
      expect(commandOf(press('∂', { ...alt, keyCode: 68 }), where)).toBe('declineOffer');
      expect(commandOf(press('a', { ...alt, isComposing: true }), where)).toBeNull();
      expect(commandOf(press('a', { ...alt, keyCode: 229 }), where)).toBeNull();
      // AltGr, by which some keyboards write.
      expect(commandOf(press('a', { ...alt, ctrlKey: true }), where)).toBeNull();
    }
    expect(commandOf(press('a', alt), writing)).toBeNull();
    expect(commandOf(press('d', alt), writing)).toBeNull();
  });
});

describe('keys one after the other', () => {
  it('go somewhere, and stop nobody from pressing something else', () => {
    const first = hear(press('g'), outside);
    expect(first).toEqual({ begun: 'g' });
    expect(hear(press('m'), { ...outside, begun: 'g' })).toEqual({ command: 'goMine' });
    expect(hear(press('j'), { ...outside, begun: 'g' })).toEqual({ command: 'next' });
    expect(hear(press('m'), outside)).toBeNull();
    expect(hear(press('g'), writing)).toBeNull();
    expect(hear(press('m', { isComposing: true }), { ...outside, begun: 'g' })).toBeNull();
  });
});

describe('the map', () => {
  it('means one thing by each key', () => {
    for (const command of keyedCommands)
      for (const keys of keysOf(command, [])) expect([keys, conflictOf(keys, command, [])]).toEqual([keys, null]);
  });

  it('goes by what was chosen instead', () => {
    const choices = withKeys(withKeys([], 'next', ['Alt+n', 'x']), 'take', []);
    const where = { ...outside, choices };
    expect(commandOf(press('x'), where)).toBe('next');
    expect(commandOf(press('j'), where)).toBeNull();
    expect(commandOf(press('a'), where)).toBeNull();
    expect(commandOf(press('˜', { altKey: true, keyCode: 78 }), where)).toBe('next');
    expect(withKeys(choices, 'next', ['j', 'Alt+ArrowDown'])).toEqual([{ command: 'take', keys: [] }]);
  });

  it('says what is in the way, also where one begins the other', () => {
    expect(conflictOf('t', 'next', [])).toBe('transfer');
    expect(conflictOf('g', 'next', [])).toBe('goList');
    expect(conflictOf('t x', 'next', [])).toBe('transfer');
    expect(conflictOf('x', 'next', [])).toBeNull();
    expect(conflictOf('t', 'transfer', [])).toBeNull();
  });

  it('leaves alone what belongs to fields, browsers and conversions', () => {
    expect(['Escape', 'Tab', 'Enter', 'ArrowUp'].map(faultOf)).toEqual(['fixed', 'fixed', 'fixed', 'fixed']);
    expect(['Mod+t', 'Mod+w', 'F5'].map(faultOf)).toEqual(['browser', 'browser', 'browser']);
    expect(['F7', 'Mod+u'].map(faultOf)).toEqual(['ime', 'ime']);
    expect(['x', 'Alt+x', 'Mod+Alt+e', 'Mod+k', 'g x'].map(faultOf)).toEqual([null, null, null, null, null]);
  });

  it('writes a press the same on every keyboard', () => {
    expect(strokeOf(press('?', { shiftKey: true }))).toBe('?');
    expect(strokeOf(press('J'))).toBe('j');
    expect(strokeOf(press('J', { shiftKey: true }))).toBe('Shift+j');
    expect(strokeOf(press('€', { ctrlKey: true, altKey: true, keyCode: 69, altGraph: true }))).toBeNull();
    expect(strokeOf(press('Shift', { shiftKey: true }))).toBeNull();
    expect(strokeOf(press('あ'))).toBeNull();
  });
});
