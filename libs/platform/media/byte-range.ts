export type ByteRange = { start: number; end: number } | 'whole' | 'unsatisfiable';

/**
 * What a `Range` header asks of a file of this size; both ends are included. Several ranges at once, and what is no range
 * of bytes, get the whole file, as the standard allows.
 */
export function byteRange(header: string | undefined, size: number): ByteRange {
  const asked = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  if (!asked || (asked[1] === '' && asked[2] === '')) return 'whole';
  if (asked[1] === '') {
    const last = Number(asked[2]);
    return last === 0 || size === 0 ? 'unsatisfiable' : { start: Math.max(0, size - last), end: size - 1 };
  }
  const start = Number(asked[1]);
  const end = asked[2] === '' ? size - 1 : Math.min(Number(asked[2]), size - 1);
  if (start >= size) return 'unsatisfiable';
  return start > end ? 'whole' : { start, end };
}
