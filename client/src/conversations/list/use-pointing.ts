import { useState, type FocusEvent, type PointerEvent } from 'react';

/** Somebody points at the list with a mouse, or walks through it with the keyboard. */
export function usePointing() {
  const [over, setOver] = useState(false);
  const [walking, setWalking] = useState(false);
  return {
    pointing: over || walking,
    handlers: {
      // A finger does not hover: it would freeze the list for good after one touch.
      onPointerEnter: (event: PointerEvent) => setOver(event.pointerType === 'mouse'),
      onPointerMove: (event: PointerEvent) => setOver(event.pointerType === 'mouse'),
      onPointerLeave: () => setOver(false),
      onFocus: (event: FocusEvent) => setWalking(event.target.matches(':focus-visible')),
      onBlur: () => setWalking(false),
    },
  };
}
