import { ActionIcon, Button, TextInput, UnstyledButton } from '@mantine/core';
import {
  IconAdjustmentsHorizontal,
  IconChevronDown,
  IconChevronRight,
  IconPencil,
  IconTrash,
} from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { botAdminLimits, type BotView, type EditBotBody } from '#libs/contracts/index.js';
import { BotFace } from '../../bots/bot-face.js';
import { botKeys } from '../../bots/queries.js';
import { SureDialog } from '../../customers/sure-dialog.js';
import { showFault } from '../../console/notices.js';
import { api } from '../../http/api.js';
import { useLocale } from '../../i18n/i18n.js';
import { formatTime } from '../../time/format.js';
import { BotDialog } from './bot-dialog.js';
import { isReached } from './bot-draft.js';
import { RecentTurns } from './recent-turns.js';
import settings from '../../settings/settings.module.css';
import styles from './bots-screen.module.css';

/** One bot: what it is, whether it may answer, and how it did. */
export function BotLine({ bot }: { bot: BotView }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const client = useQueryClient();
  const id = useId();
  const [opened, setOpened] = useState(false);
  const [setting, setSetting] = useState(false);
  const [removing, setRemoving] = useState(false);
  const [naming, setNaming] = useState<string | null>(null);
  const edit = useMutation({
    mutationFn: (body: EditBotBody) => api.editBot(bot.id, body),
    onSuccess: (fresh) => {
      client.setQueryData<BotView[]>(botKeys.list, (known) =>
        known?.map((each) => (each.id === fresh.id ? fresh : each)),
      );
      setNaming(null);
    },
    onError: showFault,
  });
  const { name, kind, enabled, available, restsUntil, numbers } = bot;
  const Arrow = opened ? IconChevronDown : IconChevronRight;
  const told = [
    [t('bots.admin.turns'), numbers.turns],
    [t('bots.admin.answered'), numbers.answered],
    [t('bots.admin.handedOff'), numbers.handedOff],
    [t('bots.admin.faults'), numbers.failed],
  ] as const;
  return (
    <li className={styles.bot} data-testid="bot" data-bot-id={bot.id}>
      <div className={styles.head}>
        <BotFace />
        {naming === null ? (
          <span className={styles.name}>
            {name}
            <small>{t(`bots.kind.${kind}`)}</small>
            <ActionIcon size="sm" aria-label={t('bots.admin.rename', { name })} onClick={() => setNaming(name)}>
              <IconPencil size={15} aria-hidden />
            </ActionIcon>
          </span>
        ) : (
          <form
            className={styles.naming}
            onSubmit={(event) => {
              event.preventDefault();
              if (naming.trim() !== '' && !edit.isPending) edit.mutate({ name: naming.trim() });
            }}
            onKeyDown={(event) => {
              if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
              event.stopPropagation();
              setNaming(null);
            }}
          >
            <TextInput
              size="xs"
              autoFocus
              aria-label={t('bots.admin.name')}
              maxLength={botAdminLimits.name}
              value={naming}
              onChange={(event) => setNaming(event.currentTarget.value)}
            />
            <Button type="submit" size="xs" disabled={naming.trim() === ''} loading={edit.isPending}>
              {t('bots.admin.save')}
            </Button>
          </form>
        )}
        {isReached(kind) && (
          <>
            <ActionIcon
              aria-label={t('bots.admin.settingsOf', { name })}
              onClick={() => setSetting(true)}
              data-testid="bot-settings"
            >
              <IconAdjustmentsHorizontal size={17} aria-hidden />
            </ActionIcon>
            <ActionIcon
              aria-label={t('bots.admin.removeOf', { name })}
              onClick={() => setRemoving(true)}
              data-testid="remove-bot"
            >
              <IconTrash size={17} aria-hidden />
            </ActionIcon>
          </>
        )}
        <UnstyledButton
          className={styles.switch}
          role="switch"
          aria-checked={enabled}
          aria-label={t('bots.admin.enabled', { name })}
          disabled={(!available && !enabled) || edit.isPending}
          onClick={() => edit.mutate({ enabled: !enabled })}
          data-testid="bot-enabled"
        >
          <span className={settings.toggle} data-on={enabled || undefined} aria-hidden />
        </UnstyledButton>
      </div>
      {setting && <BotDialog bot={bot} onClose={() => setSetting(false)} />}
      <SureDialog
        opened={removing}
        onClose={() => setRemoving(false)}
        title={t('bots.admin.removeTitle', { name })}
        texts={[t('bots.admin.removeText')]}
        confirm={t('bots.admin.remove')}
        grave
        ask={() => api.removeBot(bot.id)}
        onDone={() => void client.invalidateQueries({ queryKey: botKeys.all })}
      />
      {!available && <p className={styles.trouble}>{t('bots.admin.unavailable')}</p>}
      {restsUntil !== null && (
        <p className={styles.trouble} data-testid="bot-rests">
          {t('bots.admin.rests', { time: formatTime(Date.parse(restsUntil), locale) })}
        </p>
      )}
      <dl className={styles.numbers} aria-label={t('bots.admin.numbers')}>
        {told.map(([word, value]) => (
          <div key={word} data-alarm={(word === t('bots.admin.faults') && value > 0) || undefined}>
            <dt>{word}</dt>
            <dd>{value.toLocaleString(locale)}</dd>
          </div>
        ))}
        <div>
          <dt>{t('bots.admin.median')}</dt>
          <dd>
            {numbers.medianMs === null
              ? t('common.none')
              : t('bots.admin.seconds', { seconds: (numbers.medianMs / 1000).toFixed(2) })}
          </dd>
        </div>
      </dl>
      <UnstyledButton
        className={styles.more}
        aria-expanded={opened}
        aria-controls={id}
        onClick={() => setOpened(!opened)}
        data-testid="bot-turns-open"
      >
        <Arrow size={15} aria-hidden />
        {t('bots.admin.recent')}
      </UnstyledButton>
      {opened && (
        <div id={id}>
          <RecentTurns botId={bot.id} />
        </div>
      )}
    </li>
  );
}
