import { useLayoutEffect, useRef, type FocusEvent, type RefObject } from 'react';

/** Whoever went into this part with the keyboard or a press is put back where she was, when it goes from under her. */
export function useWayBack<T extends HTMLElement>(): {
  part: RefObject<T | null>;
  onFocus: (event: FocusEvent) => void;
} {
  const part = useRef<T>(null);
  const cameFrom = useRef<HTMLElement | null>(null);
  useLayoutEffect(() => {
    const element = part.current;
    return () => {
      const active = document.activeElement;
      // The menu that she chose from is gone already, or goes in this moment.
      const lost = active === document.body || active?.closest('[role="menu"]') !== null;
      if ((lost || element?.contains(active)) && cameFrom.current?.isConnected) cameFrom.current.focus();
    };
  }, []);
  const onFocus = ({ relatedTarget: from }: FocusEvent) => {
    if (!(from instanceof HTMLElement) || part.current?.contains(from)) return;
    // A menu belongs to the part, wherever it is drawn.
    if (from.closest('[role="menu"]') === null) cameFrom.current = from;
  };
  return { part, onFocus };
}
