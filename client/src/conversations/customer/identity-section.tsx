import { Button, Menu } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { verificationMethods, type CustomerProfile, type VerificationMethod } from '#libs/contracts/index.js';
import { showFault } from '../../console/notices.js';
import { api } from '../../http/api.js';
import { useLocale } from '../../i18n/i18n.js';
import { useMay } from '../../session/session.js';
import { formatDateTime, formatDay } from '../../time/format.js';
import { useVerified } from './standing-chips.js';
import styles from './customer-panel.module.css';

interface Props {
  profile: CustomerProfile;
  conversationId: string;
  onChanged: () => void;
}

/** 本人確認: by which method, who, when, and until when it holds. */
export function IdentitySection({ profile, conversationId, onChanged }: Props) {
  const { t } = useTranslation();
  const locale = useLocale();
  const mayEdit = useMay('customer.edit');
  const { customer, verification } = profile;
  const state = useVerified(customer.verifiedUntil);
  const options = { onSuccess: onChanged, onError: showFault };
  const verify = useMutation({
    mutationFn: (method: VerificationMethod) => api.verify(customer.id, { conversationId, method }),
    ...options,
  });
  const withdraw = useMutation({ mutationFn: () => api.unverify(customer.id), ...options });
  const methods = Object.fromEntries(
    verificationMethods.map((method) => [method, t(`customers.identity.methods.${method}`)]),
  ) as Record<VerificationMethod, string>;
  const day = (at: string) => formatDay(Date.parse(at), locale);
  return (
    <div className={styles.identity} data-testid="identity" data-state={state}>
      <p>
        <b data-state={state}>
          {state === 'verified' && <IconShieldCheck size={15} aria-hidden />}
          {t(`customers.identity.${state}`)}
        </b>
        {verification !== null && (
          <small>
            {state === 'verified'
              ? t('customers.identity.verifiedUntil', { date: day(verification.until) })
              : t('customers.identity.expiredOn', { date: day(verification.until) })}
          </small>
        )}
      </p>
      {verification !== null && (
        <p className={styles.quiet}>
          {t('customers.identity.by', {
            name: verification.by ?? t('activity.somebody'),
            date: formatDateTime(Date.parse(verification.at), locale),
            method: methods[verification.method],
          })}
        </p>
      )}
      {mayEdit && !customer.former && (
        <div className={styles.buttons}>
          <Menu position="bottom-start" width={200}>
            <Menu.Target>
              <Button size="compact-xs" variant="default" loading={verify.isPending} data-testid="verify">
                {t(verification === null ? 'customers.identity.verify' : 'customers.identity.again')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Label>{t('customers.identity.how')}</Menu.Label>
              {verificationMethods.map((method) => (
                <Menu.Item key={method} onClick={() => verify.mutate(method)} data-testid={`verify-${method}`}>
                  {methods[method]}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
          {verification !== null && (
            <Button
              size="compact-xs"
              variant="subtle"
              color="gray"
              loading={withdraw.isPending}
              onClick={() => withdraw.mutate()}
              data-testid="unverify"
            >
              {t('customers.identity.withdraw')}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
