import { UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconRosetteDiscountCheckFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../session/session.js';
import { ChoiceMenu } from './choice-menu.js';
import { useConsole } from './use-console.js';
import styles from './top-bar.module.css';

const ALL = 'all';

/** The official account that is served here; with several, the one the lists are narrowed to. */
export function AccountChoice() {
  const { t } = useTranslation();
  const { accounts } = useSession();
  const { account, choose } = useConsole();
  const chosen = accounts.length === 1 ? accounts[0] : accounts.find(({ id }) => id === account);
  const face = (
    <>
      <span data-testid="account">{chosen?.name ?? t('menu.allAccounts')}</span>
      {chosen?.verified && (
        <IconRosetteDiscountCheckFilled
          size={16}
          className={styles.verified}
          role="img"
          aria-label={t('menu.verified')}
        />
      )}
    </>
  );
  if (accounts.length <= 1) return accounts.length === 1 ? <div className={styles.account}>{face}</div> : null;
  return (
    <ChoiceMenu
      position="bottom-start"
      width={260}
      value={account ?? ALL}
      onChoose={(id) => choose({ account: id === ALL ? undefined : id })}
      choices={[
        { value: ALL, label: t('menu.allAccounts') },
        ...accounts.map(({ id, name }) => ({ value: id, label: name })),
      ]}
    >
      <UnstyledButton className={styles.account} aria-label={t('menu.account')}>
        {face}
        <IconChevronDown size={14} aria-hidden />
      </UnstyledButton>
    </ChoiceMenu>
  );
}
