import { cannedLimits, measureText, readSuggestions, textLimits, writeSuggestions } from '#libs/contracts/index.js';
import type { CannedResponse, CannedShelf, CannedScope, CreateCannedBody, FieldError } from '#libs/contracts/index.js';

/** What stands in the fields of the editor. */
export interface CannedDraft {
  scope: CannedScope;
  ownerId: string | null;
  folder: string;
  name: string;
  reading: string;
  shortcut: string;
  text: string;
  /** 選択肢, one to a line. */
  buttons: string;
}

export function draftOf(response: CannedResponse): CannedDraft {
  const { scope, ownerId, folder, name, reading, shortcut, content } = response;
  return {
    scope,
    ownerId,
    folder,
    name,
    reading,
    shortcut: shortcut ?? '',
    text: content.text,
    buttons: writeSuggestions(content.suggestions ?? []),
  };
}

export function emptyDraft(folder = ''): CannedDraft {
  return { scope: 'personal', ownerId: null, folder, name: '', reading: '', shortcut: '', text: '', buttons: '' };
}

export function isSame(a: CannedDraft, b: CannedDraft): boolean {
  return (Object.keys(a) as (keyof CannedDraft)[]).every((key) => a[key] === b[key]);
}

export function bodyOf({ text, shortcut, buttons, ...rest }: CannedDraft, before?: CannedResponse): CreateCannedBody {
  const word = shortcut.trim().replace(/^[/／]/u, '');
  // What a button tells programs stays while its words do.
  const known = before?.content.suggestions ?? [];
  const suggestions = readSuggestions(buttons).suggestions.map((made) => ({
    ...made,
    payload: known.find(({ kind, label }) => kind === made.kind && label === made.label)?.payload ?? made.payload,
  }));
  const content = { type: 'text' as const, text, ...(suggestions.length > 0 ? { suggestions } : {}) };
  return { ...rest, shortcut: word === '' ? null : word, content };
}

/** As the server will say it, before it is asked. */
export function faultsOf({ name, reading, folder, shortcut, text, buttons }: CannedDraft): FieldError[] {
  const faults: FieldError[] = [];
  const say = (field: string, rule: string, limit?: number, actual?: number, unit?: string): void => {
    const numbers = limit === undefined || actual === undefined ? {} : { limit, actual };
    faults.push({ field, rule, message: rule, ...numbers, ...(unit === undefined ? {} : { unit }) });
  };
  if (name.trim() === '') say('name', 'required');
  const word = shortcut.trim().replace(/^[/／]/u, '');
  for (const [field, value] of Object.entries({ name, reading, folder, shortcut: word })) {
    const limit = cannedLimits[field as 'name' | 'reading' | 'folder' | 'shortcut'];
    if (value.trim().length > limit) say(field, 'tooLong', limit, value.trim().length, 'utf16');
  }
  if (/[\s/／]/u.test(word)) say('shortcut', 'isShortcut');
  const { units, bytes } = measureText(text);
  if (text.trim() === '') say('content.text', 'required');
  else if (units > textLimits.units) say('content.text', 'tooLong', textLimits.units, units, 'utf16');
  else if (bytes > textLimits.bytes) say('content.text', 'tooLong', textLimits.bytes, bytes, 'bytes');
  const wrong = readSuggestions(buttons).fault;
  if (wrong) {
    const { rule, line, limit, actual } = wrong;
    // The line stands where the server would name the place.
    faults.push({ field: 'content.suggestions', rule, message: String(line), limit, actual });
  }
  return faults;
}

export function keyOfShelf({ scope, ownerId }: Pick<CannedShelf, 'scope' | 'ownerId'>): string {
  return `${scope}:${ownerId ?? ''}`;
}

const { compare: inOrder } = new Intl.Collator('ja', { numeric: true });

export interface Folder {
  name: string;
  responses: CannedResponse[];
}

/** By folder and name, in Japanese order; what stands in none comes last. */
export function foldersOf(responses: readonly CannedResponse[]): Folder[] {
  const folders = new Map<string, CannedResponse[]>();
  for (const response of responses.toSorted((a, b) => inOrder(titleOf(a), titleOf(b)))) {
    const known = folders.get(response.folder);
    if (known) known.push(response);
    else folders.set(response.folder, [response]);
  }
  return [...folders]
    .map(([name, inside]) => ({ name, responses: inside }))
    .sort((a, b) => Number(a.name === '') - Number(b.name === '') || inOrder(a.name, b.name));
}

function titleOf({ reading, name }: CannedResponse): string {
  return reading || name;
}
