import type { KeyboardEvent } from 'react';
import type { KeyPress } from '../../console/keys.js';

/** What of React's event decides. */
export function pressOf(event: KeyboardEvent): KeyPress {
  const { key, keyCode, ctrlKey, metaKey, altKey, shiftKey } = event;
  return { key, keyCode, ctrlKey, metaKey, altKey, shiftKey, isComposing: event.nativeEvent.isComposing };
}
