import type { QueryClient } from '@tanstack/react-query';
import i18next from 'i18next';
import type { ConversationRow, OfferOutcome } from '#libs/contracts/index.js';
import { showNotice } from '../console/notices.js';
import { hasNumber } from '../conversations/names.js';
import { keys } from '../conversations/queries.js';
import { api } from '../http/api.js';
import type { TransferEnd } from './transfer-watch.js';

export async function transferOutcome(
  conversationId: string,
  contactId: string,
  agentId: string,
): Promise<OfferOutcome | null> {
  const decisions = await api.decisions(conversationId);
  const asked = decisions.find(
    (decision) => decision.path === 'transfer' && decision.contactId === contactId && decision.chosen.id === agentId,
  );
  return asked?.outcome ?? null;
}

/** In words, wherever she is by then: whose contact it was, and what became of it. */
export async function tellTransferEnd(
  client: QueryClient,
  end: TransferEnd,
  agentId: string,
  { customer }: ConversationRow,
): Promise<void> {
  const { t } = i18next;
  const agents = await client.ensureQueryData({ queryKey: keys.agents, queryFn: api.agents }).catch(() => []);
  const name = agents.find(({ id }) => id === agentId)?.name ?? t('activity.somebody');
  const called = customer.name
    ? t('list.sama', { name: customer.name })
    : hasNumber(customer)
      ? customer.phoneDisplay
      : t('list.noNumber');
  const words = { customer: called, name };
  const texts: Record<TransferEnd, string> = {
    accepted: t('acts.accepted', words),
    declined: t('acts.declined', words),
    expired: t('acts.expired', words),
    withdrawn: t('acts.withdrawn', words),
    left: t('acts.left', words),
  };
  showNotice(texts[end], 'news');
}
