import { useEffect } from 'react';
import { preferences } from '../settings/preferences.js';
import { runCommand } from './commands.js';
import { commandOf } from './keys.js';

const FIELDS = 'input, textarea, select, [contenteditable="true"]';
/** Enter and arrows belong to what is focused there. */
const OWN_KEYS = 'button, a, [role="menu"], [role="dialog"]';

export function useShortcuts(): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const target = event.target instanceof Element ? event.target : null;
      if (target?.closest('[role="dialog"], [role="menu"]')) return;
      const command = commandOf(event, {
        inField: target?.matches(FIELDS) === true,
        writing: isWriting(target),
        singleKeys: preferences.get().shortcuts,
      });
      if (command === null) return;
      if (event.key === 'Enter' && target?.closest(OWN_KEYS)) return;
      if (runCommand(command)) event.preventDefault();
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
