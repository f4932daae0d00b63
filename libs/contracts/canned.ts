import type { TextContent } from './content.js';

/** Whose shelf a canned response (定型文) stands on: one agent's, a queue's (窓口), an official account's. */
export type CannedScope = 'personal' | 'queue' | 'account';

export interface CannedResponse {
  id: string;
  version: number;
  scope: CannedScope;
  /** The queue's or the account's id; null on one's own shelf. */
  ownerId: string | null;
  /** A path, `お支払い/返金`; empty when it stands in none. */
  folder: string;
  name: string;
  /** How the name is read (読み), in kana: found by it. */
  reading: string;
  /** Typed after `/`; unique on its shelf. */
  shortcut: string | null;
  content: TextContent;
  /** How often it was sent. */
  uses: number;
  updatedAt: string;
}

/** A place where canned responses stand. */
export interface CannedShelf {
  scope: CannedScope;
  ownerId: string | null;
  /** The queue's or the account's name; null for one's own shelf, and for a queue that is no more. */
  name: string | null;
  /** Whoever asks may put something there. */
  mayEdit: boolean;
}

/** Everything that whoever asks may use. */
export interface CannedBook {
  responses: CannedResponse[];
  shelves: CannedShelf[];
}

export interface CreateCannedBody {
  scope: CannedScope;
  /** The queue or the account; left out for one's own shelf. */
  ownerId?: string | null;
  folder?: string;
  name: string;
  reading?: string;
  shortcut?: string | null;
  content: TextContent;
}

/** What is left out stays; `scope` and `ownerId` move it to another shelf. */
export interface EditCannedBody extends Partial<CreateCannedBody> {
  /** As it was read: 409 when somebody else has changed it since. */
  version?: number;
}

/** Columns of a file, in the order in which they are written. */
export const cannedColumns = [
  'scope',
  'owner',
  'folder',
  'name',
  'reading',
  'shortcut',
  'text',
  'suggestions',
] as const;

export type CannedColumn = (typeof cannedColumns)[number];

/** What is wrong with one row of a file. */
export interface CannedRowFault {
  /** As a spreadsheet counts: the heading is row 1. In JSON the first entry is 1. */
  row: number;
  column: CannedColumn | null;
  rule: string;
  message: string;
  limit?: number;
  actual?: number;
  unit?: string;
}

/** What an import did, or would do. */
export interface CannedImport {
  rows: number;
  created: number;
  updated: number;
  /** Rows left out for their faults. */
  skipped: number;
  faults: CannedRowFault[];
}

export const cannedLimits = {
  name: 60,
  reading: 120,
  folder: 100,
  shortcut: 30,
  /** On one shelf. */
  shelf: 5000,
  importRows: 5000,
  importBytes: 8 * 1024 * 1024,
} as const;
