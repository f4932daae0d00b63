import { SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Frame } from '../admin/queues/frame.js';
import { useCommand } from '../console/commands.js';
import { modKey } from '../console/use-shortcuts.js';
import { KeysSection } from './keys-section.js';
import { LanguageSwitch } from './language-switch.js';
import { fontSizes, preferences, usePreferences } from './preferences.js';
import { Section, Setting } from './section.js';
import { SignalsSection } from './signals-section.js';
import styles from './settings.module.css';

/** What one person may have as she likes it. Everything takes effect, and is kept, at once. */
export function SettingsScreen({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { density, fontSize, sendKey } = usePreferences();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  useCommand('back', onClose);
  return (
    <Frame title={t('settings.title')} back={{ label: t('settings.back'), onClick: onClose }} testId="settings">
      <div className={styles.page}>
        <Section title={t('settings.look')} hint={t('settings.stays')}>
          <Setting label={t('settings.theme')}>
            <SegmentedControl
              aria-label={t('settings.theme')}
              value={colorScheme}
              onChange={setColorScheme}
              data={[
                { value: 'light' as const, label: t('menu.themeLight') },
                { value: 'dark' as const, label: t('menu.themeDark') },
                { value: 'auto' as const, label: t('menu.themeSystem') },
              ]}
            />
          </Setting>
          <Setting label={t('settings.density')}>
            <SegmentedControl
              aria-label={t('settings.density')}
              data-testid="density"
              value={density}
              onChange={(value) => preferences.set({ density: value === 'compact' ? 'compact' : 'comfortable' })}
              data={(['comfortable', 'compact'] as const).map((value) => ({
                value,
                label: t(`settings.densityChoice.${value}`),
              }))}
            />
          </Setting>
          <Setting label={t('settings.fontSize')}>
            <SegmentedControl
              aria-label={t('settings.fontSize')}
              data-testid="font-size"
              value={fontSize}
              onChange={(value) => preferences.set({ fontSize: value })}
              data={fontSizes.map((value) => ({ value, label: t(`settings.fontSizeChoice.${value}`) }))}
            />
          </Setting>
          <Setting label={t('settings.language')}>
            <LanguageSwitch size="sm" />
          </Setting>
        </Section>
        <Section title={t('settings.writing')} hint={t('settings.follows')}>
          <Setting label={t('settings.sendKey')}>
            <SegmentedControl
              aria-label={t('settings.sendKey')}
              value={sendKey}
              onChange={(value) => preferences.set({ sendKey: value === 'enter' ? 'enter' : 'modEnter' })}
              data={[
                { value: 'modEnter', label: `${modKey} + Enter` },
                { value: 'enter', label: 'Enter' },
              ]}
            />
          </Setting>
        </Section>
        <SignalsSection />
        <KeysSection />
      </div>
    </Frame>
  );
}
