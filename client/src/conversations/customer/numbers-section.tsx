import { Button, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CustomerNumber, CustomerProfile } from '#libs/contracts/index.js';
import { later } from '../../console/later.js';
import { useConsole } from '../../console/use-console.js';
import { useLocale } from '../../i18n/i18n.js';
import { useMay, useSession } from '../../session/session.js';
import { formatDay } from '../../time/format.js';
import styles from './customer-panel.module.css';

const UnmergeDialog = later(() => import('../../customers/unmerge-dialog.js').then((module) => module.UnmergeDialog));

interface Props {
  profile: CustomerProfile;
  conversationId: string;
  onChanged: () => void;
}

/** Everybody who is shown as this person, by number; her conversations stay apart. */
export function NumbersSection({ profile, conversationId, onChanged }: Props) {
  const { t } = useTranslation();
  const locale = useLocale();
  const mayMerge = useMay('customer.merge');
  const { accounts } = useSession();
  const { open } = useConsole();
  const [parting, setParting] = useState<CustomerNumber | null>(null);
  const [opened, setOpened] = useState(false);
  return (
    <>
      <ul className={styles.numbers} data-testid="merged-numbers">
        {profile.numbers.map((number) => (
          <li key={number.customerId}>
            <div className={styles.contact}>
              <b>{number.phoneDisplay}</b>
              <span>
                {number.mergedAt === null
                  ? t('customers.merge.main')
                  : t('customers.merge.since', { date: formatDay(Date.parse(number.mergedAt), locale) })}
              </span>
            </div>
            <div className={styles.links}>
              {number.conversations
                .filter(({ id }) => id !== conversationId)
                .map(({ id, accountId }) => (
                  <UnstyledButton key={id} className={styles.link} onClick={() => open(id)}>
                    {t('customers.merge.openConversation', {
                      account: accounts.find((account) => account.id === accountId)?.name ?? '',
                    })}
                  </UnstyledButton>
                ))}
              {mayMerge && number.mergeId !== null && (
                <Button
                  size="compact-xs"
                  variant="default"
                  onClick={() => {
                    setParting(number);
                    setOpened(true);
                  }}
                  data-testid="unmerge"
                >
                  {t('customers.merge.undo')}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
      {parting?.mergeId && (
        <UnmergeDialog
          opened={opened}
          onClose={() => setOpened(false)}
          customerId={profile.customer.id}
          mergeId={parting.mergeId}
          onDone={onChanged}
        />
      )}
    </>
  );
}
