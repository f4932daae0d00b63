import { Button } from '@mantine/core';
import { IconCircleCheck, IconCircleX, IconHelpCircle } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../http/api.js';
import { toApiError } from '../../http/api-error.js';
import { useLocale } from '../../i18n/i18n.js';
import { formatClock } from '../../time/format.js';
import styles from './customer-panel.module.css';

const icons = { reachable: IconCircleCheck, unreachable: IconCircleX, unknown: IconHelpCircle };

/** Asks the carrier on request only: each question costs a call, and a handset may lose +Message at any time. */
export function ReachabilityCheck({ conversationId }: { conversationId: string }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const check = useMutation({ mutationFn: () => api.reachability(conversationId) });
  const words = {
    reachable: t('customer.reachable'),
    unreachable: t('customer.unreachable'),
    unknown: t('customer.reachabilityUnknown'),
  };
  const Icon = check.data ? icons[check.data.state] : null;
  return (
    <div className={styles.check} data-testid="reachability" data-state={check.data?.state}>
      <span role="status">
        {check.data && Icon && (
          <span className={styles.reach} data-state={check.data.state}>
            <Icon size={15} aria-hidden />
            {words[check.data.state]}{' '}
            <small>{t('customer.checkedAt', { time: formatClock(Date.parse(check.data.checkedAt), locale) })}</small>
          </span>
        )}
        {check.isError && <span className={styles.fault}>{t(`errors.${toApiError(check.error).code}`)}</span>}
      </span>
      <Button
        size="compact-xs"
        variant="default"
        loading={check.isPending}
        onClick={() => check.mutate()}
        data-testid="check-reachability"
      >
        {t('customer.check')}
      </Button>
    </div>
  );
}
