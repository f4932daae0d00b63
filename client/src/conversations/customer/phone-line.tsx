import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { CustomerView } from '#libs/contracts/index.js';
import { showFault } from '../../console/notices.js';
import { api } from '../../http/api.js';
import { useMay } from '../../session/session.js';
import { hasNumber } from '../names.js';
import styles from './customer-panel.module.css';

/** With stars for whoever may not see it whole; shown on request, which is recorded, and only as long as one stays here. */
export function PhoneLine({ customer }: { customer: CustomerView }) {
  const { t } = useTranslation();
  const mayReveal = useMay('customer.reveal');
  const clipboard = useClipboard({ timeout: 1500 });
  const reveal = useMutation({ mutationFn: () => api.reveal(customer.id), onError: showFault });
  const whole = customer.phoneMasked ? reveal.data?.phoneDisplay : customer.phoneDisplay;
  if (!hasNumber(customer)) return <span data-testid="customer-phone">{t('list.noNumber')}</span>;
  return (
    <div className={styles.phone}>
      <span data-testid="customer-phone">{whole ?? customer.phoneDisplay}</span>
      {whole === undefined ? (
        mayReveal && (
          <Tooltip label={t('customers.showHint')} w={220}>
            <Button
              size="compact-xs"
              variant="default"
              loading={reveal.isPending}
              onClick={() => reveal.mutate()}
              data-testid="reveal"
            >
              {t('customers.show')}
            </Button>
          </Tooltip>
        )
      ) : (
        <>
          <Tooltip label={clipboard.copied ? t('customer.copied') : t('customer.copyPhone')}>
            <ActionIcon size="sm" aria-label={t('customer.copyPhone')} onClick={() => clipboard.copy(whole)}>
              {clipboard.copied ? <IconCheck size={15} aria-hidden /> : <IconCopy size={15} aria-hidden />}
            </ActionIcon>
          </Tooltip>
          {customer.phoneMasked && (
            <Button size="compact-xs" variant="default" onClick={() => reveal.reset()}>
              {t('customers.hide')}
            </Button>
          )}
        </>
      )}
    </div>
  );
}
