/** What may go out: what +Message shows, and PDF. By content; the endings are those that people's files carry. */
interface Kind {
  /** As it travels. */
  mimeType: string;
  family: 'picture' | 'film' | 'sound' | 'document';
  /** The first is given to a file whose own is another one of its family. */
  endings: readonly string[];
}

const kinds: readonly Kind[] = [
  { mimeType: 'image/jpeg', family: 'picture', endings: ['jpg', 'jpeg', 'jpe', 'jfif'] },
  { mimeType: 'image/png', family: 'picture', endings: ['png'] },
  { mimeType: 'image/gif', family: 'picture', endings: ['gif'] },
  { mimeType: 'image/webp', family: 'picture', endings: ['webp'] },
  { mimeType: 'video/mp4', family: 'film', endings: ['mp4', 'm4v'] },
  { mimeType: 'video/3gpp', family: 'film', endings: ['3gp', '3gpp'] },
  { mimeType: 'video/quicktime', family: 'film', endings: ['mov', 'qt'] },
  { mimeType: 'audio/mp4', family: 'sound', endings: ['m4a'] },
  { mimeType: 'audio/mpeg', family: 'sound', endings: ['mp3'] },
  { mimeType: 'audio/aac', family: 'sound', endings: ['aac'] },
  { mimeType: 'audio/amr', family: 'sound', endings: ['amr'] },
  { mimeType: 'application/pdf', family: 'document', endings: ['pdf'] },
];

/** Other names of the same, as recognisers and browsers use them. */
const aliases: Record<string, string> = {
  'image/jpg': 'image/jpeg',
  'image/pjpeg': 'image/jpeg',
  'image/apng': 'image/png',
  'video/x-m4v': 'video/mp4',
  'video/3gpp2': 'video/3gpp',
  'audio/x-m4a': 'audio/mp4',
  'audio/m4a': 'audio/mp4',
  'audio/mp3': 'audio/mpeg',
  'audio/x-aac': 'audio/aac',
  'audio/vnd.dlna.adts': 'audio/aac',
};

export function kindOf(mimeType: string | null): Kind | null {
  if (mimeType === null) return null;
  const plain = mimeType.toLowerCase().split(';', 1)[0]!.trim();
  return kinds.find((kind) => kind.mimeType === (aliases[plain] ?? plain)) ?? null;
}

/**
 * A name that promises what the content holds: of the same family, the ending is put right; a name without an ending gets
 * one. Null when it promises something else.
 */
export function honestName(name: string, declaredType: string, kind: Kind): string | null {
  const ending = /\.([A-Za-z0-9]{1,8})$/.exec(name)?.[1]?.toLowerCase();
  if (ending === undefined) {
    const declared = kindOf(declaredType);
    if (declared !== null && !alike(declared, kind)) return null;
    return `${name.slice(0, 190)}.${kind.endings[0]}`;
  }
  if (kind.endings.includes(ending)) return name;
  const promised = kinds.find(({ endings }) => endings.includes(ending));
  if (!promised || !alike(promised, kind)) return null;
  return `${name.slice(0, -ending.length)}${kind.endings[0]}`;
}

/** A sound alone may stand in the same boxes as a film: the signature does not tell `m4a` from `mp4` for sure. */
function alike(a: Kind, b: Kind): boolean {
  const boxes = (kind: Kind) => kind.family === 'film' || kind.mimeType === 'audio/mp4';
  return a.family === b.family || (boxes(a) && boxes(b));
}

export const isPicture = (mimeType: string): boolean => kindOf(mimeType)?.family === 'picture';

export const isBoxed = (mimeType: string): boolean =>
  ['video/mp4', 'video/3gpp', 'video/quicktime', 'audio/mp4'].includes(mimeType);
