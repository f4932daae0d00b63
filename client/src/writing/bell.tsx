import { ActionIcon, Popover, Tooltip } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NotificationList } from './notification-list.js';
import { notificationsQuery } from './queries.js';
import styles from './writing.module.css';

const MOST = 99;

/** Who named me in a note. The number is of those I have not opened. */
export function Bell() {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const { data } = useQuery(notificationsQuery());
  const unread = data?.unread ?? 0;
  const label = unread === 0 ? t('writing.bell') : t('writing.bellUnread', { count: unread });
  return (
    <Popover position="bottom-end" width={360} trapFocus returnFocus withRoles opened={opened} onChange={setOpened}>
      <Popover.Target>
        <Tooltip label={t('writing.bell')} disabled={opened}>
          <ActionIcon
            className={styles.bell}
            size="lg"
            aria-label={label}
            onClick={() => setOpened(!opened)}
            data-testid="bell"
            data-unread={unread}
          >
            <IconBell size={19} aria-hidden />
            {unread > 0 && (
              <span className={styles.count} aria-hidden>
                {unread > MOST ? `${MOST}+` : unread}
              </span>
            )}
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown className={styles.notifications} aria-label={t('writing.bell')}>
        <NotificationList onDone={() => setOpened(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}
