import { Button, SegmentedControl } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { accountBotsQuery, botsQuery } from '../../bots/queries.js';
import { useCommand } from '../../console/commands.js';
import { useMay, useSession } from '../../session/session.js';
import { Frame } from '../queues/frame.js';
import { BotDialog } from './bot-dialog.js';
import { BotLine } from './bot-line.js';
import { BotPlaces } from './bot-places.js';
import { Containment } from './containment.js';
import { HandOffForm } from './hand-off-form.js';
import { Knowledge } from './knowledge.js';
import styles from './bots-screen.module.css';

/** Which bots there are, who of them answers where and in which order, and how each of them does. */
export function BotsScreen({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const manages = useMay('bot.manage');
  useCommand('back', onClose);
  return (
    <Frame
      title={t('bots.admin.title')}
      back={{ label: t('queues.back'), onClick: onClose }}
      acts={manages && <Knowledge />}
      testId="bots-admin"
    >
      {manages ? <Bots /> : <p role="alert">{t('bots.admin.noRight')}</p>}
    </Frame>
  );
}

function Bots() {
  const { t } = useTranslation();
  const { accounts } = useSession();
  const bots = useQuery(botsQuery());
  const desks = useQuery(accountBotsQuery());
  const [adding, setAdding] = useState(false);
  const [chosen, setChosen] = useState(accounts[0]?.id ?? '');
  const desk = desks.data?.find(({ accountId }) => accountId === chosen);
  if ((bots.isError && !bots.data) || (desks.isError && !desks.data)) {
    return <p role="alert">{t('bots.admin.failed')}</p>;
  }
  if (!bots.data || !desks.data) return <div className={styles.page} aria-busy="true" />;
  return (
    <div className={styles.page}>
      {accounts.length > 1 && (
        <SegmentedControl
          aria-label={t('bots.admin.account')}
          value={chosen}
          onChange={setChosen}
          data={accounts.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      {desk && (
        <>
          <BotPlaces key={`places-${chosen}`} desk={desk} bots={bots.data} />
          <Containment key={`containment-${chosen}`} accountId={chosen} />
          <HandOffForm key={`words-${chosen}`} desk={desk} />
        </>
      )}
      <section className={styles.section}>
        <div className={styles.titled}>
          <h2>{t('bots.admin.all')}</h2>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPlus size={15} aria-hidden />}
            onClick={() => setAdding(true)}
            data-testid="add-bot"
          >
            {t('bots.admin.add')}
          </Button>
        </div>
        {adding && <BotDialog bot={null} onClose={() => setAdding(false)} />}
        {bots.data.length === 0 ? (
          <p>{t('bots.admin.none')}</p>
        ) : (
          <ul className={styles.bots} data-testid="bots">
            {bots.data.map((bot) => (
              <BotLine key={bot.id} bot={bot} />
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}
