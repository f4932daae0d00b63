import type { TFunction } from 'i18next';
import type { ActivityContent, Locale } from '#libs/contracts/index.js';
import { formatDateTime } from '../../time/format.js';

/** A line of the system in the reader's language. */
export function activityWords(content: ActivityContent, author: string | null, t: TFunction, locale: Locale): string {
  const by = author ?? t('activity.system');
  const name = content.agentName ?? author ?? t('activity.somebody');
  const queue = content.queueName ?? '';
  const until = content.until === undefined ? '' : formatDateTime(Date.parse(content.until), locale);
  switch (content.activity) {
    case 'contact.taken':
      if (content.botName !== undefined) return t('activity.contactTakenOver', { name, bot: content.botName });
      return (content.agentName ?? author) ? t('activity.contactTaken', { name }) : t('activity.contactTakenSystem');
    case 'contact.returned':
      return author ? t('activity.contactReturned', { name: by }) : t('activity.contactReturnedSystem');
    case 'contact.assigned':
      return author && content.agentName
        ? t('activity.contactAssigned', { by, name })
        : t('activity.contactTakenSystem');
    case 'contact.closed':
      return author ? t('activity.contactClosed', { name: by }) : t('activity.contactClosedSystem');
    case 'contact.accepted':
      return t('activity.contactAccepted', { name });
    case 'contact.transferOffered':
      return t('activity.contactTransferOffered', { by, name });
    case 'contact.transferDeclined':
      return t('activity.contactTransferDeclined', { name });
    case 'contact.transferCancelled':
      return t('activity.contactTransferCancelled', { by, name });
    case 'contact.transferred':
      return t('activity.contactTransferred', { by, name });
    case 'contact.transferredToQueue':
      return t('activity.contactTransferredToQueue', { by, queue });
    case 'contact.overflowed':
      return t('activity.contactOverflowed', { queue });
    case 'contact.held':
      return t('activity.contactHeld', { by });
    case 'contact.resumed':
      return t('activity.contactResumed', { by });
    case 'contact.snoozed':
      return t('activity.contactSnoozed', { by, until });
    case 'contact.woken':
      return t('activity.contactWoken');
    case 'contact.wrapUp':
      return t('activity.contactWrapUp', { by });
    case 'contact.agentGone':
      return t('activity.contactAgentGone', { name });
    case 'contact.inactivityWarned':
      return t('activity.contactInactivityWarned');
    case 'contact.inactivityClosed':
      return t('activity.contactInactivityClosed');
    case 'contact.refusedFull':
      return t('activity.contactRefusedFull');
    case 'contact.refusedHours':
      return t('activity.contactRefusedHours');
    case 'contact.closingTime':
      return t('activity.contactClosingTime');
    case 'contact.abandoned':
      return t('activity.contactAbandoned');
    case 'contact.manyTransfers':
      return t('activity.contactManyTransfers');
    case 'contact.prioritised':
      return t('activity.contactPrioritised', { by });
    case 'contact.blocked':
      return t('activity.contactBlocked');
    case 'contact.handedOff':
      return t('activity.contactHandedOff', {
        bot: content.botName ?? t('bots.bot'),
        reason: t(`bots.reason.${content.reason ?? 'asked'}`),
      });
    case 'contact.returnedToBot':
      return t('activity.contactReturnedToBot', { by, bot: content.botName ?? t('bots.bot') });
    case 'contact.botEnded':
      return t('activity.contactBotEnded');
    case 'customer.newPerson':
      return t('activity.customerNewPerson', { by });
  }
}
