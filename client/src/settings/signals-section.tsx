import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { signalKinds } from '#libs/contracts/index.js';
import { useLocale } from '../i18n/i18n.js';
import { bell, desktopNotes } from '../offers/use-offer-signals.js';
import { useQuiet } from '../signals/use-quiet.js';
import { formatDateTime } from '../time/format.js';
import { preferences, usePreferences } from './preferences.js';
import { Section, Setting, Switch } from './section.js';
import styles from './settings.module.css';

type Said = 'heard' | 'soundBlocked' | 'desktopBlocked' | 'desktopUnsupported';

/** What makes itself heard beyond the page. The browser is asked only when somebody turns it on, and what it refuses is said. */
export function SignalsSection() {
  const { t } = useTranslation();
  const locale = useLocale();
  const { quietKinds, volume, desktop, quietUntil, quietAway } = usePreferences();
  const quiet = useQuiet();
  const [said, setSaid] = useState<Said | null>(
    desktop && desktopNotes.permission() === 'denied' ? 'desktopBlocked' : null,
  );
  const trySound = async () => setSaid((await bell.ring('offer', volume)) ? 'heard' : 'soundBlocked');
  const turnDesktop = async () => {
    setSaid(null);
    if (desktop) return preferences.set({ desktop: false });
    const permission = await desktopNotes.ask();
    if (permission === 'granted') return preferences.set({ desktop: true });
    setSaid(permission === 'unsupported' ? 'desktopUnsupported' : 'desktopBlocked');
  };
  const tryDesktop = () => {
    desktopNotes.keepOnly([]);
    if (desktopNotes.show({ id: 'test', title: t('offers.testTitle'), body: t('offers.testText') }))
      return setSaid(null);
    setSaid(desktopNotes.permission() === 'denied' ? 'desktopBlocked' : 'desktopUnsupported');
  };
  const rest = (until: Date | null) => preferences.set({ quietUntil: until?.toISOString() ?? null });
  const endOfDay = () => new Date(new Date().setHours(24, 0, 0, 0));

  return (
    <Section title={t('settings.signals')} hint={t('settings.signalsHint')}>
      {signalKinds.map((kind) => (
        <Switch
          key={kind}
          label={t(`settings.kind.${kind}`)}
          on={!quietKinds.includes(kind)}
          testId={`signal-${kind}`}
          onTurn={() =>
            preferences.set({
              quietKinds: quietKinds.includes(kind)
                ? quietKinds.filter((each) => each !== kind)
                : [...quietKinds, kind],
            })
          }
        />
      ))}
      <Setting label={t('settings.volume')}>
        <input
          type="range"
          min={0}
          max={1}
          step={0.05}
          value={volume}
          aria-label={t('settings.volume')}
          aria-valuetext={volume === 0 ? t('settings.volumeOff') : `${Math.round(volume * 100)}%`}
          onChange={(event) => preferences.set({ volume: Number(event.currentTarget.value) })}
          className={styles.volume}
          data-testid="volume"
        />
        <Button size="xs" variant="default" onClick={() => void trySound()} data-testid="try-sound">
          {t('settings.test')}
        </Button>
      </Setting>
      <Switch
        label={t('settings.desktop')}
        hint={t('settings.desktopHint')}
        on={desktop}
        onTurn={() => void turnDesktop()}
        testId="desktop"
      />
      {desktop && (
        <div className={styles.row}>
          <Button size="xs" variant="default" onClick={tryDesktop} data-testid="try-desktop">
            {t('settings.testDesktop')}
          </Button>
        </div>
      )}
      <p role="status" className={styles.said} data-testid="settings-said">
        {said !== null && t(`settings.said.${said}`)}
      </p>
      <Setting label={t('settings.quiet')} hint={t('settings.quietHint')}>
        {quiet && quietUntil !== null ? (
          <>
            <span data-testid="quiet-until">
              {t('settings.quietUntil', { time: formatDateTime(Date.parse(quietUntil), locale) })}
            </span>
            <Button size="xs" variant="default" onClick={() => rest(null)} data-testid="quiet-off">
              {t('settings.quietOff')}
            </Button>
          </>
        ) : (
          <>
            <Button
              size="xs"
              variant="default"
              onClick={() => rest(new Date(Date.now() + 30 * 60_000))}
              data-testid="quiet-half"
            >
              {t('settings.quietFor.half')}
            </Button>
            <Button size="xs" variant="default" onClick={() => rest(new Date(Date.now() + 60 * 60_000))}>
              {t('settings.quietFor.hour')}
            </Button>
            <Button size="xs" variant="default" onClick={() => rest(endOfDay())}>
              {t('settings.quietFor.day')}
            </Button>
          </>
        )}
      </Setting>
      <Switch
        label={t('settings.quietAway')}
        on={quietAway}
        onTurn={() => preferences.set({ quietAway: !quietAway })}
        testId="quiet-away"
      />
    </Section>
  );
}
