import { useEffect } from 'react';
import { preferences } from '../settings/preferences.js';
import { runCommand } from './commands.js';
import { hear } from './keymap.js';

const FIELDS = 'input, textarea, select, [contenteditable="true"]';
/** Enter and arrows belong to what is focused there. */
const OWN_KEYS = 'button, a, [role="menu"], [role="dialog"]';
/** So long the second key of two is waited for. */
const SEQUENCE_MS = 1_500;

export function useShortcuts(): void {
  useEffect(() => {
    let begun: { keys: string; at: number } | null = null;
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const target = event.target instanceof Element ? event.target : null;
      if (target?.closest('[role="dialog"], [role="menu"]')) return;
      const { shortcuts: singleKeys, keys: choices } = preferences.get();
      const { key, keyCode, isComposing, ctrlKey, metaKey, altKey, shiftKey } = event;
      const altGraph = event.getModifierState('AltGraph');
      const heard = hear(
        { key, keyCode, isComposing, ctrlKey, metaKey, altKey, shiftKey, altGraph },
        {
          inField: target?.matches(FIELDS) === true,
          writing: isWriting(target),
          singleKeys,
          choices,
          begun: begun !== null && event.timeStamp - begun.at < SEQUENCE_MS ? begun.keys : null,
        },
      );
      if (!['Shift', 'Control', 'Alt', 'Meta'].includes(key)) begun = null;
      if (heard === null) return;
      if ('begun' in heard) {
        begun = { keys: heard.begun, at: event.timeStamp };
        return event.preventDefault();
      }
      if (event.key === 'Enter' && target?.closest(OWN_KEYS)) return;
      if (runCommand(heard.command)) event.preventDefault();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}

function isWriting(target: Element | null): boolean {
  if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) return target.value !== '';
  return target instanceof HTMLElement && target.isContentEditable && target.textContent !== '';
}

/** `⌘` on Apple keyboards, `Ctrl` on the others. */
export const modKey = /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl';
export const altKey = modKey === '⌘' ? '⌥' : 'Alt';
