import { useSyncExternalStore } from 'react';
import { drafts } from '../desk.js';
import type { Draft } from './drafts.js';

export function useDraft(conversationId: string): Draft {
  return useSyncExternalStore(drafts.subscribe, () => drafts.get(conversationId));
}
