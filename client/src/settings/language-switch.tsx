import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Locale } from '#libs/contracts/index.js';
import { chooseLocale, useLocale } from '../i18n/i18n.js';

/** Each language names itself. */
export const languages: { value: Locale; label: string }[] = [
  { value: 'ja', label: '\u65e5\u672c\u8a9e' },
  { value: 'en', label: 'English' },
];

export function LanguageSwitch({ fullWidth = false, size = 'xs' }: { fullWidth?: boolean; size?: 'xs' | 'sm' }) {
  const { t } = useTranslation();
  return (
    <SegmentedControl
      size={size}
      fullWidth={fullWidth}
      aria-label={t('menu.language')}
      data-testid="language"
      value={useLocale()}
      onChange={(value) => chooseLocale(value === 'en' ? 'en' : 'ja')}
      data={languages}
    />
  );
}
