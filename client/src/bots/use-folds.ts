import { useMemo, useState } from 'react';
import { flushSync } from 'react-dom';
import type { Thread } from '../conversations/thread.cache.js';
import type { Folding } from '../conversations/thread/thread-rows.js';
import { botStretches } from './bot-stretches.js';

interface Folds {
  folding: Folding;
  /** Kept free above the first row. */
  room: number;
  /** @param free how much of the window the thread left empty */
  turn: (key: string, free: number) => void;
}

/**
 * What of the bots' talk is open. Whatever is pressed stays under the pointer: a thread that stood at the bottom of a larger window
 * keeps the room above it when it grows.
 */
export function useFolds(thread: Thread, target: string | null): Folds {
  const [upTo] = useState(() => thread.lastSeq);
  const [opened, setOpened] = useState<ReadonlySet<string>>(() => {
    const seq = thread.messages.find(({ id }) => id === target)?.seq ?? 0;
    return new Set(botStretches(thread.messages).flatMap(({ key, from, to }) => (from <= seq && seq <= to ? key : [])));
  });
  const [room, setRoom] = useState(0);
  const turn = (key: string, free: number) => {
    // In a step of its own: the list keeps its first row where it is while rows come and go, room or not.
    if (free > 0) flushSync(() => setRoom((before) => before + free));
    setOpened((before) =>
      before.has(key) ? new Set([...before].filter((other) => other !== key)) : new Set([...before, key]),
    );
  };
  return { folding: useMemo(() => ({ opened, upTo }), [opened, upTo]), room, turn };
}
