import { ActionIcon, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ChoiceMenu } from '../console/choice-menu.js';

const icons = { light: IconSun, dark: IconMoon };

export function ThemeSwitch() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Icon = icons[useComputedColorScheme('light')];
  return (
    <ChoiceMenu
      position="bottom-end"
      width={210}
      value={colorScheme}
      onChoose={setColorScheme}
      choices={[
        { value: 'light', label: t('menu.themeLight'), icon: <IconSun size={16} aria-hidden /> },
        { value: 'dark', label: t('menu.themeDark'), icon: <IconMoon size={16} aria-hidden /> },
        { value: 'auto', label: t('menu.themeAuto'), icon: <IconDeviceDesktop size={16} aria-hidden /> },
      ]}
    >
      <ActionIcon size="lg" aria-label={t('menu.theme')} data-testid="theme">
        <Icon size={19} aria-hidden />
      </ActionIcon>
    </ChoiceMenu>
  );
}
