import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import type { Locale } from '#libs/contracts/index.js';
import type { FaultCode } from '../http/api-error.js';
import { preferences } from '../settings/preferences.js';
import type { Catalogue } from './catalogue.js';
import { en } from './en.js';
import { ja } from './ja.js';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: Catalogue };
  }
}

export function startTranslations(): void {
  void i18next.use(initReactI18next).init({
    lng: preferences.get().locale ?? browserLocale(),
    fallbackLng: 'ja',
    supportedLngs: ['ja', 'en'],
    resources: { ja: { translation: ja }, en: { translation: en } },
    // React escapes.
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  markDocument(currentLocale());
  i18next.on('languageChanged', () => markDocument(currentLocale()));
}

/** Chosen by hand: stays, whatever the agent's profile says. */
export function chooseLocale(locale: Locale): void {
  preferences.set({ locale });
  void i18next.changeLanguage(locale);
}

/** The agent's own language, unless this desk has chosen another. */
export function followLocale(locale: Locale): void {
  if (preferences.get().locale === null && locale !== currentLocale()) void i18next.changeLanguage(locale);
}

export function useLocale(): Locale {
  return useTranslation().i18n.language === 'en' ? 'en' : 'ja';
}

export function errorText(code: FaultCode): string {
  return i18next.t(`errors.${code}`);
}

function currentLocale(): Locale {
  return i18next.language === 'en' ? 'en' : 'ja';
}

function browserLocale(): Locale {
  return navigator.language.startsWith('en') ? 'en' : 'ja';
}

function markDocument(locale: Locale): void {
  document.documentElement.lang = locale;
}
