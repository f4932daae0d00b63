import { useMutation } from '@tanstack/react-query';
import type { DeclineBody, OfferView } from '#libs/contracts/index.js';
import { askForCursor } from '../console/cursor.js';
import { showFault } from '../console/notices.js';
import { useConsole } from '../console/use-console.js';
import { offers } from '../desk.js';
import { toApiError } from '../http/api-error.js';

/** Accepting and declining. What is over is said where notices are said; what may be tried again, on the card. */
export function useAnswer(offer: OfferView) {
  const { open, conversationId } = useConsole();
  const onError = (error: unknown) => {
    if (toApiError(error).code === 'offer_ended') showFault(error);
  };
  const accept = useMutation({
    mutationFn: () => offers.accept(offer),
    onSuccess: (row) => {
      if (conversationId !== row.id) open(row.id);
      askForCursor(row.id);
    },
    onError,
  });
  const decline = useMutation({
    mutationFn: (body: DeclineBody) => offers.decline(offer, body),
    onError,
  });
  const last = decline.submittedAt > accept.submittedAt ? decline : accept;
  return { accept, decline, busy: accept.isPending || decline.isPending, error: last.error };
}
