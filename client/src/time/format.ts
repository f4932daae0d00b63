import type { Locale } from '#libs/contracts/index.js';

const tags: Record<Locale, string> = { ja: 'ja-JP', en: 'en-GB' };
const formats = new Map<string, Intl.DateTimeFormat>();

function format(locale: Locale, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  const known = formats.get(key) ?? new Intl.DateTimeFormat(tags[locale], options);
  formats.set(key, known);
  return known;
}

function parts(locale: Locale, at: number, options: Intl.DateTimeFormatOptions): Record<string, string> {
  return Object.fromEntries(
    format(locale, options)
      .formatToParts(at)
      .map((part) => [part.type, part.value]),
  );
}

/** `14:05` */
export function formatTime(at: number, locale: Locale, timeZone?: string): string {
  return format(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone }).format(at);
}

/** `14:05:12` */
export function formatClock(at: number, locale: Locale, timeZone?: string): string {
  return format(locale, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZone,
  }).format(at);
}

/** `2026年3月1日(日)` · `Sunday, 1 March 2026` */
export function formatDay(at: number, locale: Locale, timeZone?: string): string {
  const length =
    locale === 'ja' ? ({ month: 'numeric', weekday: 'short' } as const) : ({ month: 'long', weekday: 'long' } as const);
  const { year, month, day, weekday } = parts(locale, at, { year: 'numeric', day: 'numeric', ...length, timeZone });
  return locale === 'ja' ? `${year}年${month}月${day}日(${weekday})` : `${weekday}, ${day} ${month} ${year}`;
}

/** `2026/03/01(日) 14:05` · `Sun 01/03/2026 14:05` */
export function formatDateTime(at: number, locale: Locale, timeZone?: string): string {
  const { year, month, day, weekday } = parts(locale, at, {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    weekday: 'short',
    timeZone,
  });
  const time = formatTime(at, locale, timeZone);
  return locale === 'ja' ? `${year}/${month}/${day}(${weekday}) ${time}` : `${weekday} ${day}/${month}/${year} ${time}`;
}

/** The short time of a list row: today the hour, before that the day. */
export function formatRecent(at: number, now: number, locale: Locale, timeZone?: string): string {
  if (dayKey(at, timeZone) === dayKey(now, timeZone)) return formatTime(at, locale, timeZone);
  return format(locale, { month: 'numeric', day: 'numeric', timeZone }).format(at);
}

/** Equal for two times of the same day on this desk. */
export function dayKey(at: number, timeZone?: string): string {
  return format('en', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone }).format(at);
}

const units: Record<Locale, { day: string; hour: string; minute: string; second: string; gap: string }> = {
  ja: { day: '日', hour: '時間', minute: '分', second: '秒', gap: '' },
  en: { day: 'd', hour: 'h', minute: 'm', second: 's', gap: ' ' },
};

/** `2分41秒`, `1時間5分`, `3日4時間` */
export function formatElapsed(milliseconds: number, locale: Locale): string {
  const unit = units[locale];
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (days > 0) return `${days}${unit.day}${unit.gap}${hours % 24}${unit.hour}`;
  if (hours > 0) return `${hours}${unit.hour}${unit.gap}${minutes % 60}${unit.minute}`;
  if (minutes > 0) return `${minutes}${unit.minute}${unit.gap}${seconds % 60}${unit.second}`;
  return `${seconds}${unit.second}`;
}
