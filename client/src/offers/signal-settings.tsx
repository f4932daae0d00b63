import { Button, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { preferences, usePreferences } from '../settings/preferences.js';
import { bell, desktopNotes } from './use-offer-signals.js';
import styles from './signal-settings.module.css';

/** How offers make themselves heard beyond the page. The browser is asked only when somebody turns it on. */
export function SignalSettings() {
  const { t } = useTranslation();
  const { quietKinds, desktop: offerDesktop, volume } = usePreferences();
  const offerSound = volume > 0 && !quietKinds.includes('offer');
  const [said, setSaid] = useState<
    'offers.soundBlocked' | 'offers.desktopBlocked' | 'offers.desktopUnsupported' | null
  >(offerDesktop && desktopNotes.permission() === 'denied' ? 'offers.desktopBlocked' : null);

  const trySound = async () => setSaid((await bell.ring('offer', volume)) ? null : 'offers.soundBlocked');
  const turnDesktop = async () => {
    setSaid(null);
    if (offerDesktop) return preferences.set({ desktop: false });
    const permission = await desktopNotes.ask();
    if (permission === 'granted') return preferences.set({ desktop: true });
    setSaid(permission === 'unsupported' ? 'offers.desktopUnsupported' : 'offers.desktopBlocked');
  };
  const tryDesktop = () => {
    desktopNotes.keepOnly([]);
    const shown = desktopNotes.show({ id: 'test', title: t('offers.testTitle'), body: t('offers.testText') });
    if (shown) return setSaid(null);
    setSaid(desktopNotes.permission() === 'denied' ? 'offers.desktopBlocked' : 'offers.desktopUnsupported');
  };

  return (
    <div className={styles.settings} role="group" aria-label={t('offers.settings')}>
      <Switch
        label={t('offers.sound')}
        on={offerSound}
        testId="offer-sound"
        onTurn={() => {
          setSaid(null);
          preferences.set(
            offerSound
              ? { quietKinds: [...quietKinds, 'offer'] }
              : { quietKinds: quietKinds.filter((kind) => kind !== 'offer'), volume: volume || 0.6 },
          );
        }}
        onTry={offerSound ? () => void trySound() : undefined}
      />
      <Switch
        label={t('offers.desktop')}
        on={offerDesktop}
        testId="offer-desktop"
        onTurn={() => void turnDesktop()}
        onTry={offerDesktop ? tryDesktop : undefined}
      />
      <p role="status" className={styles.said} data-testid="signal-said">
        {said !== null && t(said)}
      </p>
    </div>
  );
}

interface SwitchProps {
  label: string;
  on: boolean;
  testId: string;
  onTurn: () => void;
  onTry: (() => void) | undefined;
}

function Switch({ label, on, testId, onTurn, onTry }: SwitchProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.row}>
      <UnstyledButton className={styles.switch} role="switch" aria-checked={on} onClick={onTurn} data-testid={testId}>
        {label}
        <span className={styles.toggle} data-on={on || undefined} aria-hidden />
      </UnstyledButton>
      <Button
        size="compact-xs"
        variant="subtle"
        className={styles.try}
        disabled={onTry === undefined}
        onClick={onTry}
        aria-label={t('offers.tryOf', { what: label })}
        data-testid={`${testId}-try`}
      >
        {t('offers.try')}
      </Button>
    </div>
  );
}
