import { useMutation } from '@tanstack/react-query';
import type { ConversationRow, Priority, SnoozeBody, TransferBody, WrapUpBody } from '#libs/contracts/index.js';
import { showFault } from '../console/notices.js';
import { conversations, transfers } from '../desk.js';
import { api } from '../http/api.js';

/** What an agent does with a contact. The answer is shown at once; dialogs that word a fault themselves say `quiet`. */
export function useActs(id: string, { quiet = false }: { quiet?: boolean } = {}) {
  const done = {
    onSuccess: (row: ConversationRow) => conversations.row({ id: row.id, row }),
    ...(quiet ? {} : { onError: showFault }),
  };
  const transfer = useMutation({ mutationFn: (body: TransferBody) => api.transfer(id, body), ...done });
  const cancelTransfer = useMutation({
    mutationFn: () => {
      transfers.forget(id);
      return api.cancelTransfer(id);
    },
    ...done,
  });
  const hold = useMutation({ mutationFn: () => api.hold(id), ...done });
  const resume = useMutation({ mutationFn: () => api.resumeContact(id), ...done });
  const snooze = useMutation({ mutationFn: (body: SnoozeBody) => api.snooze(id, body), ...done });
  const finish = useMutation({ mutationFn: (body: WrapUpBody) => api.wrapUpDone(id, body), ...done });
  const prioritise = useMutation({ mutationFn: (priority: Priority) => api.prioritise(id, priority), ...done });
  const busy = hold.isPending || resume.isPending || prioritise.isPending;
  return { transfer, cancelTransfer, hold, resume, snooze, finish, prioritise, busy };
}
