import { useMutation } from '@tanstack/react-query';
import type { ConversationRow } from '#libs/contracts/index.js';
import { showFault } from '../../console/notices.js';
import { conversations } from '../../desk.js';
import { api } from '../../http/api.js';

/** Taking, giving back, assigning, closing: the answer is shown at once, the event behind it changes nothing more. */
export function useContactActions(conversationId: string) {
  const done = {
    onSuccess: (row: ConversationRow) => conversations.row({ id: row.id, row }),
    onError: showFault,
  };
  const assign = useMutation({ mutationFn: (agentId: string | null) => api.assign(conversationId, agentId), ...done });
  const close = useMutation({ mutationFn: () => api.close(conversationId), ...done });
  return { assign, close, busy: assign.isPending || close.isPending };
}
