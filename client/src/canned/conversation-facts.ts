import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ConversationDetail } from '#libs/contracts/index.js';
import { profileQuery, useFields } from '../customers/queries.js';
import { useQueueName } from '../queues/queries.js';
import { useSession } from '../session/session.js';
import { useLocale } from '../i18n/i18n.js';
import { serverNow } from '../time/clock.js';
import { formatDay } from '../time/format.js';
import { attributeOf } from './attributes.js';
import type { Placeholder } from './placeholders.js';

/** What is known of a conversation for whatever stands in a text. */
export function useConversationFacts({
  conversation,
  account,
}: ConversationDetail): (of: Placeholder) => string | null {
  const { agent } = useSession();
  const locale = useLocale();
  const queueName = useQueueName();
  const fields = useFields(conversation.accountId);
  // The panel beside the thread has asked for it already.
  const { data: profile } = useQuery(profileQuery(conversation.customer));
  return (placeholder) => {
    switch (placeholder.kind) {
      case 'customer':
        return conversation.customer.name;
      case 'agent':
        return agent.name;
      case 'queue':
        return queueName(conversation);
      case 'account':
        return account.name;
      case 'date':
        return formatDay(serverNow(), locale);
      case 'attribute':
        return attributeOf(placeholder.name, fields, profile?.values ?? {}, locale);
    }
  };
}

/** The same for nobody: what a text looks like while it is written. */
export function useSampleFacts(): (of: Placeholder) => string | null {
  const { t } = useTranslation();
  const { agent, accounts } = useSession();
  const locale = useLocale();
  return (placeholder) => {
    switch (placeholder.kind) {
      case 'customer':
        return t('canned.sample.customer');
      case 'agent':
        return agent.name;
      case 'queue':
        return t('canned.sample.queue');
      case 'account':
        return accounts[0]?.name ?? null;
      case 'date':
        return formatDay(serverNow(), locale);
      case 'attribute':
        return null;
    }
  };
}
