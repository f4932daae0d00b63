import { ActionIcon, Tooltip } from '@mantine/core';
import { IconHelp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { MyState } from '../agents/my-state.js';
import { ConnectionBanner, ConnectionDot } from '../connection/connection-banner.js';
import { ThemeSwitch } from '../settings/theme-switch.js';
import { Bell } from '../writing/bell.js';
import { AccountChoice } from './account-choice.js';
import { Mark } from './mark.js';
import { UserMenu } from './user-menu.js';
import styles from './top-bar.module.css';

export function TopBar({ onHelp }: { onHelp: () => void }) {
  const { t } = useTranslation();
  return (
    <header className={styles.bar}>
      <div className={styles.brand}>
        <Mark />
        <span className={styles.name}>
          <b lang="ja">{t('product.name')}</b>
          <span>{t('product.latin')}</span>
        </span>
      </div>
      <div className={styles.middle}>
        <AccountChoice />
        <ConnectionBanner />
      </div>
      <div className={styles.tools}>
        <MyState />
        <Bell />
        <ConnectionDot />
        <span className={styles.desk}>
          <ThemeSwitch />
          <Tooltip label={`${t('menu.shortcutsHelp')} (?)`}>
            <ActionIcon size="lg" aria-label={t('menu.shortcutsHelp')} onClick={onHelp} data-testid="help">
              <IconHelp size={19} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </span>
        <UserMenu onHelp={onHelp} />
      </div>
    </header>
  );
}
