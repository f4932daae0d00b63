import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import type { Locale } from '#libs/contracts/index.js';
import type { FaultCode } from '../http/api-error.js';
import { preferences } from '../settings/preferences.js';
import type { Catalogue } from './catalogue.js';
import { firstJa } from './first.ja.js';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: Catalogue };
  }
}

/** Japanese is always there, as far as the first screen speaks it; English comes when somebody reads it. */
export async function startTranslations(): Promise<void> {
  const lng = preferences.get().locale ?? browserLocale();
  await i18next.use(initReactI18next).init({
    lng: 'ja',
    fallbackLng: 'ja',
    supportedLngs: ['ja', 'en'],
    resources: { ja: { translation: firstJa } },
    // React escapes.
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  i18next.on('languageChanged', () => markDocument(currentLocale()));
  await speak(lng);
  markDocument(currentLocale());
}

let rest: Promise<void> | null = null;

/** What is opened later comes with its texts: nothing may be drawn that waits for them. */
export function restOfTexts(): Promise<void> {
  rest ??= import('./ja.js').then(
    ({ ja }) => void i18next.addResourceBundle('ja', 'translation', ja),
    (error: unknown) => {
      rest = null;
      throw error;
    },
  );
  return rest;
}

async function speak(locale: Locale): Promise<void> {
  if (locale === 'en' && !i18next.hasResourceBundle('en', 'translation')) {
    const { en } = await import('./en.js');
    i18next.addResourceBundle('en', 'translation', en);
  }
  await i18next.changeLanguage(locale);
}

/** Chosen by hand: stays, whatever the agent's profile says. */
export function chooseLocale(locale: Locale): void {
  preferences.set({ locale });
  void speak(locale);
}

/** The agent's own language, unless this desk has chosen another. */
export function followLocale(locale: Locale): void {
  if (preferences.get().locale === null && locale !== currentLocale()) void speak(locale);
}

export function useLocale(): Locale {
  return useTranslation().i18n.language === 'en' ? 'en' : 'ja';
}

export function errorText(code: FaultCode): string {
  // Before all texts are there something can fail already.
  return i18next.t([`errors.${code}`, 'session.failed']);
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
