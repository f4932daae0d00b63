import { open, type FileHandle } from 'node:fs/promises';

export interface FilmFacts {
  /** As it is shown; null where nothing is to be seen, or nothing is said. */
  width: number | null;
  height: number | null;
  seconds: number | null;
}

interface Box {
  type: string;
  /** Where it begins in the file, and where its content does. */
  start: number;
  content: number;
  end: number;
}

/** Far above what a film of 100 MB needs to describe itself. */
const MOOV_LIMIT = 16 * 1024 * 1024;
const BOXES_LIMIT = 10_000;
/** Adobe's XMP, by its UUID. */
const XMP = 'be7acfcb97a942e89c71999491e3afac';

/**
 * MP4, 3GP, QuickTime and M4A are boxes in boxes. Reads what a player must know, and takes away what cameras write beside
 * it (`udta`, `meta`, XMP: place, owner, device): such a box becomes a `free` one of the same length, so that nothing in
 * the file moves. Tracks stay as they are, also one in which a camera counts positions.
 */
export async function readFilm(path: string, { clean }: { clean: boolean }): Promise<FilmFacts> {
  const file = await open(path, clean ? 'r+' : 'r');
  try {
    const facts: FilmFacts = { width: null, height: null, seconds: null };
    const { size } = await file.stat();
    for (const box of await outerBoxes(file, size)) {
      if (box.type === 'moov' && box.end - box.start <= MOOV_LIMIT) {
        const moov = Buffer.alloc(box.end - box.content);
        await file.read(moov, 0, moov.length, box.content);
        const traces = readMoov(moov, facts);
        if (clean) for (const place of traces) await free(file, box.content + place);
      } else if (box.type === 'uuid' && clean && (await uuidOf(file, box)) === XMP) {
        await free(file, box.start);
      } else if ((box.type === 'udta' || box.type === 'meta') && clean) {
        await free(file, box.start);
      }
    }
    return facts;
  } finally {
    await file.close();
  }
}

async function outerBoxes(file: FileHandle, size: number): Promise<Box[]> {
  const boxes: Box[] = [];
  const head = Buffer.alloc(16);
  for (let start = 0; start + 8 <= size && boxes.length < BOXES_LIMIT;) {
    const { bytesRead } = await file.read(head, 0, 16, start);
    const box = boxAt(head.subarray(0, bytesRead), 0, size - start);
    if (!box) break;
    boxes.push({ type: box.type, start, content: start + box.content, end: start + box.end });
    start += box.end;
  }
  return boxes;
}

/** @returns where boxes begin that say more than a player needs */
function readMoov(moov: Buffer, facts: FilmFacts): number[] {
  const traces: number[] = [];
  for (const box of boxesIn(moov, 0, moov.length)) {
    if (box.type === 'udta' || box.type === 'meta') traces.push(box.start);
    if (box.type === 'mvhd') facts.seconds = durationOf(moov.subarray(box.content, box.end));
    if (box.type !== 'trak') continue;
    for (const inner of boxesIn(moov, box.content, box.end)) {
      if (inner.type === 'udta' || inner.type === 'meta') traces.push(inner.start);
      if (inner.type === 'tkhd') readTrackSize(moov.subarray(inner.content, inner.end), facts);
    }
  }
  return traces;
}

function boxesIn(bytes: Buffer, from: number, to: number): Box[] {
  const boxes: Box[] = [];
  for (let start = from; start + 8 <= to && boxes.length < BOXES_LIMIT;) {
    const box = boxAt(bytes.subarray(start, to), start, to - start);
    if (!box) break;
    boxes.push(box);
    start = box.end;
  }
  return boxes;
}

/** @param room how many bytes there are for it */
function boxAt(bytes: Buffer, start: number, room: number): Box | null {
  if (bytes.length < 8) return null;
  const type = bytes.toString('latin1', 4, 8);
  const short = bytes.readUInt32BE(0);
  if (short === 1 && bytes.length < 16) return null;
  const length = short === 0 ? room : short === 1 ? Number(bytes.readBigUInt64BE(8)) : short;
  const head = short === 1 ? 16 : 8;
  if (length < head || length > room) return null;
  return { type, start, content: start + head, end: start + length };
}

function durationOf(mvhd: Buffer): number | null {
  const long = mvhd[0] === 1;
  if (mvhd.length < (long ? 32 : 20)) return null;
  const scale = mvhd.readUInt32BE(long ? 20 : 12);
  const length = long ? Number(mvhd.readBigUInt64BE(24)) : mvhd.readUInt32BE(16);
  const seconds = scale === 0 ? 0 : length / scale;
  return seconds > 0 && seconds < 1_000_000 ? Math.round(seconds * 10) / 10 : null;
}

function readTrackSize(tkhd: Buffer, facts: FilmFacts): void {
  const matrix = tkhd[0] === 1 ? 52 : 40;
  if (tkhd.length < matrix + 44) return;
  const width = tkhd.readUInt32BE(matrix + 36) / 65536;
  const height = tkhd.readUInt32BE(matrix + 40) / 65536;
  if (!(width >= 1 && height >= 1) || facts.width !== null) return;
  // Turned by a quarter: the picture's own axes have changed places.
  const turned = tkhd.readInt32BE(matrix) === 0 && tkhd.readInt32BE(matrix + 16) === 0;
  facts.width = Math.round(turned ? height : width);
  facts.height = Math.round(turned ? width : height);
}

async function uuidOf(file: FileHandle, box: Box): Promise<string> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(16), 0, 16, box.content);
  return buffer.toString('hex', 0, bytesRead);
}

async function free(file: FileHandle, start: number): Promise<void> {
  await file.write('free', start + 4, 'latin1');
}
