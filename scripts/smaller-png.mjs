import { deflateSync, inflateSync } from 'node:zlib';

/** The same picture, deflated as small as zlib can: browsers are in a hurry when they take one. */
export function smallerPng(png) {
  const kept = [];
  const data = [];
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    const chunk = png.subarray(at, at + 12 + length);
    if (chunk.toString('latin1', 4, 8) === 'IDAT') data.push(chunk.subarray(8, 8 + length));
    else kept.push(chunk);
    at += 12 + length;
  }
  const packed = deflateSync(inflateSync(Buffer.concat(data)), { level: 9, memLevel: 9 });
  const end = kept.pop();
  const smaller = Buffer.concat([png.subarray(0, 8), ...kept, chunkOf('IDAT', packed), end]);
  return smaller.length < png.length ? smaller : png;
}

function chunkOf(type, data) {
  const chunk = Buffer.alloc(12 + data.length);
  chunk.writeUInt32BE(data.length, 0);
  chunk.write(type, 4, 'latin1');
  data.copy(chunk, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + data.length)), 8 + data.length);
  return chunk;
}

const table = Uint32Array.from({ length: 256 }, (_, n) => {
  let value = n;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = table[(crc ^ byte) & 0xff] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
