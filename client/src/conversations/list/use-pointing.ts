import { useState, type FocusEvent, type PointerEvent } from 'react';

/** Somebody points at the list with a mouse, or walks through it with the keyboard. */
export function usePointing() {
  const [over, setOver] = useState(false);
  const [walking, setWalking] = useState(false);
  const [walkingAt, setWalkingAt] = useState<string | null>(null);
  const stopWalking = () => {
    setWalking(false);
    setWalkingAt(null);
  };
  return {
    pointing: over || walking,
    /** The conversation whose row has the keyboard. */
    walkingAt,
    /** What had the focus is gone, and no event tells of it. */
    stopWalking,
    handlers: {
      // A finger does not hover: it would freeze the list for good after one touch.
      onPointerEnter: (event: PointerEvent) => setOver(event.pointerType === 'mouse'),
      onPointerMove: (event: PointerEvent) => setOver(event.pointerType === 'mouse'),
      onPointerLeave: () => setOver(false),
      onFocus: (event: FocusEvent) => {
        const visible = event.target.matches(':focus-visible');
        setWalking(visible);
        setWalkingAt(visible ? event.target.getAttribute('data-conversation-id') : null);
      },
      onBlur: stopWalking,
    },
  };
}
