import { cannedColumns } from '#libs/contracts/index.js';
import type {
  CannedBook,
  CannedColumn,
  CannedImport,
  CannedResponse,
  CannedRowFault,
  CannedScope,
  CannedShelf,
  ForbiddenSeverity,
  ForbiddenWord,
  TextContent,
} from '#libs/contracts/index.js';
import {
  id,
  listOf,
  object,
  optional,
  orNull,
  text,
  time,
  whole,
  words,
  yesOrNo,
  type Described,
} from './api-schema.js';

export interface CannedViews {
  CannedBook: CannedBook;
  CannedImport: CannedImport;
  CannedResponse: CannedResponse;
  ForbiddenWord: ForbiddenWord;
}

/** By name, among the document's components. */
function named<T>(name: string): Described<T> {
  return { $ref: `#/components/schemas/${name}` } as Described<T>;
}

const scope = words<CannedScope>({ personal: true, queue: true, account: true });
const column: Described<CannedColumn> = { type: 'string', enum: [...cannedColumns] };

/** Canned responses and forbidden words, as the doors answer with them. */
export const cannedViews: { [N in keyof CannedViews]: Described<CannedViews[N]> } = {
  CannedBook: object<CannedBook>({
    responses: listOf(named<CannedResponse>('CannedResponse')),
    shelves: listOf(object<CannedShelf>({ scope, ownerId: orNull(id), name: orNull(text), mayEdit: yesOrNo })),
  }),
  CannedImport: object<CannedImport>({
    rows: whole,
    created: whole,
    updated: whole,
    skipped: whole,
    faults: listOf(
      object<CannedRowFault>({
        row: whole,
        column: orNull(column),
        rule: text,
        message: text,
        limit: optional(whole),
        actual: optional(whole),
        unit: optional(text),
      }),
    ),
  }),
  CannedResponse: object<CannedResponse>({
    id,
    version: whole,
    scope,
    ownerId: orNull(id),
    folder: text,
    name: text,
    reading: text,
    shortcut: orNull(text),
    content: named<TextContent>('TextContent'),
    uses: whole,
    updatedAt: time,
  }),
  ForbiddenWord: object<ForbiddenWord>({
    id,
    accountId: id,
    word: text,
    severity: words<ForbiddenSeverity>({ warn: true, block: true }),
    note: text,
  }),
};
