import { ActionIcon, Button } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconUser } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { botAdminLimits, type AccountBots, type BotView } from '#libs/contracts/index.js';
import { BotFace } from '../../bots/bot-face.js';
import { botKeys } from '../../bots/queries.js';
import { keys } from '../../conversations/queries.js';
import { showFault } from '../../console/notices.js';
import { api } from '../../http/api.js';
import { moved } from './moved.js';
import styles from './bots-screen.module.css';

/** Who answers a new enquiry at this account: from the first bot on, and behind the last one a person. */
export function BotPlaces({ desk, bots }: { desk: AccountBots; bots: readonly BotView[] }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { accountId, botIds } = desk;
  const arrange = useMutation({
    mutationFn: (ids: string[]) => api.setAccountBots(accountId, { botIds: ids }),
    onMutate: (ids) =>
      client.setQueryData<AccountBots[]>(botKeys.accounts, (known) =>
        known?.map((each) => (each.accountId === accountId ? { ...each, botIds: ids } : each)),
      ),
    onError: showFault,
    onSettled: () => Promise.all([botKeys.all, keys.counts].map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
  const placed = botIds.flatMap((id) => bots.find((bot) => bot.id === id) ?? []);
  const others = bots.filter(({ id }) => !botIds.includes(id));
  return (
    <section className={styles.section} data-testid="bot-places">
      <h2>{t('bots.admin.places')}</h2>
      <p>{t(placed.length > 0 ? 'bots.admin.placesHint' : 'bots.admin.placesEmpty')}</p>
      <ol className={styles.places}>
        {placed.map((bot, place) => (
          <li key={bot.id} data-testid="placed-bot" data-bot-id={bot.id}>
            <span className={styles.place}>{place + 1}</span>
            <BotFace />
            <span className={styles.name}>
              {bot.name}
              {(!bot.enabled || !bot.available) && <small>{t('bots.admin.passedOver')}</small>}
            </span>
            <span className={styles.acts}>
              <ActionIcon
                aria-label={t('bots.admin.up', { name: bot.name })}
                disabled={place === 0}
                onClick={() => arrange.mutate(moved(botIds, place, -1))}
                data-testid="bot-up"
              >
                <IconArrowUp size={16} aria-hidden />
              </ActionIcon>
              <ActionIcon
                aria-label={t('bots.admin.down', { name: bot.name })}
                disabled={place === placed.length - 1}
                onClick={() => arrange.mutate(moved(botIds, place, 1))}
              >
                <IconArrowDown size={16} aria-hidden />
              </ActionIcon>
              <Button
                size="compact-sm"
                variant="default"
                aria-label={t('bots.admin.dismissOf', { name: bot.name })}
                onClick={() => arrange.mutate(botIds.filter((id) => id !== bot.id))}
                data-testid="dismiss-bot"
              >
                {t('bots.admin.dismiss')}
              </Button>
            </span>
          </li>
        ))}
        <li>
          <span className={styles.place}>{placed.length + 1}</span>
          <span className={styles.person} aria-hidden>
            <IconUser size={15} stroke={1.8} />
          </span>
          <span className={styles.name}>{t('bots.admin.people')}</span>
        </li>
      </ol>
      {others.length > 0 && placed.length < botAdminLimits.perAccount && (
        <div className={styles.others} role="group" aria-label={t('bots.admin.offDuty')}>
          {others.map((bot) => (
            <Button
              key={bot.id}
              size="sm"
              variant={placed.length === 0 ? 'light' : 'default'}
              leftSection={<BotFace />}
              onClick={() => arrange.mutate([...botIds, bot.id])}
              data-testid="place-bot"
              data-bot-id={bot.id}
            >
              {t('bots.admin.engage', { name: bot.name })}
            </Button>
          ))}
        </div>
      )}
    </section>
  );
}
