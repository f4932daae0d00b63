import { useSyncExternalStore } from 'react';
import { later } from '../console/later.js';
import type { Thread } from '../conversations/thread.cache.js';
import { viewer } from './viewer-store.js';

const ViewerDialog = later(() => import('./viewer-dialog.js').then((module) => module.ViewerDialog));

/** Beside the thread; its code comes with the first picture that is enlarged. */
export function ViewerHost({ conversationId, thread }: { conversationId: string; thread: Thread }) {
  const viewed = useSyncExternalStore(viewer.subscribe, viewer.current);
  if (viewed?.conversationId !== conversationId) return null;
  return <ViewerDialog key={conversationId} first={viewed} thread={thread} onClose={viewer.close} />;
}
