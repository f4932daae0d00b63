import type { Locale } from '#libs/contracts/index.js';

const words: Record<Locale, readonly [string, string, string, string, string]> = {
  ja: ['日', '時間', '分', '秒', ''],
  en: ['d', 'h', 'm', 's', ' '],
};

/** What seconds come to: `10分`, `1時間30分`, `−5分`. Unlike a running clock it leaves out what is zero. */
export function durationWords(seconds: number, locale: Locale): string {
  const [day, hour, minute, second, gap] = words[locale];
  const whole = Math.abs(Math.trunc(seconds));
  const units: [number, string][] = [
    [Math.floor(whole / 86_400), day],
    [Math.floor(whole / 3_600) % 24, hour],
    [Math.floor(whole / 60) % 60, minute],
    [whole % 60, second],
  ];
  const said = units.filter(([count]) => count > 0).map(([count, unit]) => `${count}${unit}`);
  return `${seconds < 0 ? '−' : ''}${said.length === 0 ? `0${second}` : said.join(gap)}`;
}
