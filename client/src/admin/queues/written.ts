/** What people type into fields: full-width digits, and the dashes that a Japanese keyboard offers for a minus. */
function plain(text: string): string {
  return text.normalize('NFKC').trim();
}

/** NaN: not a whole number. */
export function readWhole(text: string): number {
  const digits = plain(text)
    .replaceAll(',', '')
    .replace(/^[−‐‑–—ー]/u, '-');
  return /^-?\d{1,9}$/.test(digits) ? Number(digits) : Number.NaN;
}

/** `9:00`, `0900`, `9時30分` and `9` are times too. null: no time; `24:00` is one only where something ends. */
export function readTime(text: string, isEnd: boolean): string | null {
  const found = /^(\d{1,2})(?:[:時.]?(\d{2})?分?)?$/u.exec(plain(text));
  const short = found ?? /^(\d{1,2})(\d{2})$/.exec(plain(text));
  if (!short) return null;
  const [hours, minutes] = [Number(short[1]), Number(short[2] ?? 0)];
  const fits = minutes < 60 && (hours < 24 || (isEnd && hours === 24 && minutes === 0));
  return fits ? `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}` : null;
}
