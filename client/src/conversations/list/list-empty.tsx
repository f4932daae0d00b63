import { Button } from '@mantine/core';
import { IconCoffee, IconFilter, IconInbox, IconMessages, IconRobot, IconUsersGroup } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { View } from '#libs/contracts/index.js';
import { useConsole } from '../../console/use-console.js';
import styles from './list-pane.module.css';

/** An empty list says what will bring the next row. */
export function ListEmpty({ view, inTeam, narrow }: { view: View; inTeam: boolean; narrow: boolean }) {
  const { t } = useTranslation();
  const { choose } = useConsole();
  if (narrow) {
    return (
      <div className={styles.empty} data-testid="list-empty">
        <IconFilter size={34} stroke={1.4} aria-hidden />
        <h2>{t('saved.emptyTitle')}</h2>
        <p>{t('saved.emptyText')}</p>
      </div>
    );
  }
  if (view === 'mine') {
    return (
      <div className={styles.empty} data-testid="list-empty">
        <IconInbox size={34} stroke={1.4} aria-hidden />
        <h2>{t('list.emptyMineTitle')}</h2>
        <p>{t('list.emptyMineText')}</p>
        <Button variant="light" size="sm" onClick={() => choose({ view: 'unassigned' })}>
          {t('list.emptyMineAction')}
        </Button>
      </div>
    );
  }
  if (view === 'queue') {
    return (
      <div className={styles.empty} data-testid="list-empty">
        <IconUsersGroup size={34} stroke={1.4} aria-hidden />
        <h2>{t(inTeam ? 'rows.emptyTeamTitle' : 'rows.noTeamTitle')}</h2>
        <p>{t(inTeam ? 'rows.emptyTeamText' : 'rows.noTeamText')}</p>
      </div>
    );
  }
  if (view === 'bot') {
    return (
      <div className={styles.empty} data-testid="list-empty">
        <IconRobot size={34} stroke={1.4} aria-hidden />
        <h2>{t('list.emptyBotTitle')}</h2>
        <p>{t('list.emptyBotText')}</p>
      </div>
    );
  }
  const all = view === 'all';
  return (
    <div className={styles.empty} data-testid="list-empty">
      {all ? <IconMessages size={34} stroke={1.4} aria-hidden /> : <IconCoffee size={34} stroke={1.4} aria-hidden />}
      <h2>{all ? t('list.emptyAllTitle') : t('list.emptyUnassignedTitle')}</h2>
      <p>{all ? t('list.emptyAllText') : t('list.emptyUnassignedText')}</p>
    </div>
  );
}
