import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { AssignBody, ConversationRow, WrapUpBody } from '#libs/contracts/index.js';
import { showFault, showNotice } from '../../console/notices.js';
import { conversations } from '../../desk.js';
import { api } from '../../http/api.js';
import { toApiError } from '../../http/api-error.js';

/**
 * Taking, giving back, assigning, closing: the answer is shown at once, the event behind it changes nothing more. Dialogs that
 * word a fault themselves say `quiet`.
 */
export function useContactActions(conversationId: string, { quiet = false }: { quiet?: boolean } = {}) {
  const { t } = useTranslation();
  const onSuccess = (row: ConversationRow) => conversations.row({ id: row.id, row });
  const assign = useMutation({
    mutationFn: (body: AssignBody) => api.assign(conversationId, body),
    onSuccess,
    onError: (error, { agentId }) => {
      if (quiet) return;
      // Beyond her own capacity nobody takes anything; what would help is more than "no".
      if (agentId === 'me' && toApiError(error).code === 'over_capacity') return showNotice(t('acts.takeFull'));
      showFault(error);
    },
  });
  const close = useMutation({
    mutationFn: (body: WrapUpBody) => api.close(conversationId, body),
    onSuccess,
    onError: (error) => {
      // What the queue wants to know first is asked for by whoever closes.
      if (!quiet && toApiError(error).code !== 'invalid') showFault(error);
    },
  });
  return { assign, close, busy: assign.isPending || close.isPending };
}
