import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../console/commands.js';
import { useMay, useSession } from '../../session/session.js';
import { Frame } from '../queues/frame.js';
import { FieldsSection } from './fields-section.js';
import { LabelsSection } from './labels-section.js';
import { RulesSection } from './rules-section.js';
import styles from './customers-screen.module.css';

/** What an account keeps of its customers: labels, attributes, and how long 本人確認 holds. */
export function CustomersScreen({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const manages = useMay('customer.manage');
  const { accounts } = useSession();
  const [chosen, setChosen] = useState(accounts[0]?.id ?? '');
  useCommand('back', onClose);
  return (
    <Frame
      title={t('customers.admin.title')}
      back={{ label: t('queues.back'), onClick: onClose }}
      testId="customers-admin"
    >
      {!manages || accounts.length === 0 ? (
        <p role="alert">{t('customers.admin.noRight')}</p>
      ) : (
        <div className={styles.page}>
          {accounts.length > 1 && (
            <SegmentedControl
              aria-label={t('customers.admin.account')}
              value={chosen}
              onChange={setChosen}
              data={accounts.map(({ id, name }) => ({ value: id, label: name }))}
            />
          )}
          <LabelsSection key={`labels-${chosen}`} accountId={chosen} />
          <FieldsSection key={`fields-${chosen}`} accountId={chosen} />
          <RulesSection key={`rules-${chosen}`} accountId={chosen} />
        </div>
      )}
    </Frame>
  );
}
