import type { Preferences } from '../settings/preferences.js';

/** What of a keyboard event decides. */
export interface KeyPress {
  key: string;
  keyCode: number;
  isComposing: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  /** The key by which some keyboards write, which looks like Ctrl and Alt. */
  altGraph?: boolean;
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
