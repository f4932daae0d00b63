import { useMutation } from '@tanstack/react-query';
import type { SetLabelsBody } from '#libs/contracts/index.js';
import { showFault } from '../console/notices.js';
import { conversations } from '../desk.js';
import { api } from '../http/api.js';

export function useLabelActs(conversationId: string) {
  return useMutation({
    mutationFn: (body: SetLabelsBody) => api.setLabels(conversationId, body),
    onSuccess: (row) => conversations.row({ id: row.id, row }),
    onError: showFault,
  });
}
