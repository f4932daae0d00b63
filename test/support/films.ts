const box = (type: string, ...parts: Buffer[]): Buffer => {
  const content = Buffer.concat(parts);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(content.length + 8);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, content]);
};

const pattern = Buffer.from(Array.from({ length: 4093 }, (_, at) => (at * 167) & 255));

/** `©xyz`: where a telephone stood when it filmed, as ISO 6709. */
export const PLACE = '+35.6812+139.7671/';

/**
 * An MP4 as far as its boxes go: enough for whoever looks at its head, and any length of film behind it.
 * @param place with what a telephone writes of where it was
 */
export function film(bytes: number, { width = 640, height = 360, seconds = 12, place = false } = {}): Buffer {
  const ftyp = box('ftyp', Buffer.from('isom\0\0\x02\0isomiso2mp41', 'latin1'));
  const mvhd = Buffer.alloc(100);
  mvhd.writeUInt32BE(1000, 12);
  mvhd.writeUInt32BE(seconds * 1000, 16);
  const tkhd = Buffer.alloc(84);
  for (const [at, one] of [
    [40, 0x00010000],
    [56, 0x00010000],
    [72, 0x40000000],
  ] as const)
    tkhd.writeUInt32BE(one, at);
  tkhd.writeUInt32BE(width * 65536, 76);
  tkhd.writeUInt32BE(height * 65536, 80);
  const xyz = box('\xa9xyz', Buffer.from([0, PLACE.length, 0x15, 0xc7]), Buffer.from(PLACE));
  const moov = box('moov', box('mvhd', mvhd), box('trak', box('tkhd', tkhd)), ...(place ? [box('udta', xyz)] : []));
  const rest = bytes - ftyp.length - moov.length - 8;
  const mdat = Buffer.alloc(rest, pattern);
  // Not all alike, so that two pieces that change places are noticed.
  for (let at = 0; at + 4 <= rest; at += 4096) mdat.writeUInt32LE(at, at);
  return Buffer.concat([ftyp, moov, box('mdat', mdat)]);
}
