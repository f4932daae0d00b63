import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { customerLimits } from '#libs/contracts/index.js';
import { showFault, showNotice } from '../../console/notices.js';
import { customerKeys, rulesQuery } from '../../customers/queries.js';
import { api } from '../../http/api.js';
import { readWhole } from '../queues/written.js';
import styles from './customers-screen.module.css';

export function RulesSection({ accountId }: { accountId: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { data } = useQuery(rulesQuery());
  const known = data?.find((rules) => rules.accountId === accountId)?.verificationDays;
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? String(known ?? '');
  const days = readWhole(text);
  const most = customerLimits.verificationDays;
  const right = days >= 1 && days <= most;
  const save = useMutation({
    mutationFn: () => api.setCustomerRules(accountId, days),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: customerKeys.rules });
      setTyped(null);
      showNotice(t('customers.admin.saved'), 'news');
    },
    onError: showFault,
  });
  if (known === undefined) return null;
  return (
    <section className={styles.section}>
      <h2>{t('customers.admin.rules')}</h2>
      <p>{t('customers.admin.rulesHint')}</p>
      <form
        noValidate
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (right && days !== known && !save.isPending) save.mutate();
        }}
      >
        <TextInput
          label={t('customers.admin.days')}
          inputMode="numeric"
          w={160}
          value={text}
          rightSection={<small>{t('customers.admin.daysUnit')}</small>}
          rightSectionWidth={48}
          error={!right && t('customers.admin.daysWrong', { most })}
          autoComplete="off"
          onChange={(event) => setTyped(event.currentTarget.value)}
          data-testid="verification-days"
        />
        <Button
          className={styles.button}
          type="submit"
          size="sm"
          disabled={!right || days === known}
          loading={save.isPending}
        >
          {t('customers.admin.save')}
        </Button>
      </form>
    </section>
  );
}
