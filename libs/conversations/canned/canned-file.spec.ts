import { describe, expect, it } from 'vitest';
import type { CannedResponse, CannedShelf } from '#libs/contracts/index.js';
import { AppError } from '#libs/platform/telemetry/index.js';
import { decode } from '#libs/platform/spreadsheet/index.js';
import { readCsv, readJson, shelfOfRow, writeCsv, writeJson } from './canned-file.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
/** 名前,本文 / あいさつ,こんにちは as Excel writes it in Japan. */
const shiftJis = Uint8Array.from([
  0x96, 0xbc, 0x91, 0x4f, 0x2c, 0x96, 0x7b, 0x95, 0xb6, 0x0d, 0x0a, 0x82, 0xa0, 0x82, 0xa2, 0x82, 0xb3, 0x82, 0xc2,
  0x2c, 0x82, 0xb1, 0x82, 0xf1, 0x82, 0xc9, 0x82, 0xbf, 0x82, 0xcd, 0x0d, 0x0a,
]);
const shelves: CannedShelf[] = [
  { scope: 'personal', ownerId: null, name: null, mayEdit: true },
  { scope: 'queue', ownerId: '7', name: '旅行サポート', mayEdit: true },
  { scope: 'account', ownerId: '3', name: '窓口銀行', mayEdit: false },
];
const response = (body: Partial<CannedResponse>): CannedResponse => ({
  id: '1',
  version: 1,
  scope: 'personal',
  ownerId: null,
  folder: '',
  name: 'あいさつ',
  reading: '',
  shortcut: null,
  content: { type: 'text', text: 'こんにちは' },
  uses: 0,
  updatedAt: '2026-11-22T00:00:00.000Z',
  ...body,
});

function faultsOf(work: () => unknown): unknown {
  try {
    work();
  } catch (fault) {
    return (fault as AppError).options.fields;
  }
  throw new Error('nothing was refused');
}

describe('files of canned responses', () => {
  it('are read in Shift_JIS, and in UTF-8 with or without its mark', () => {
    for (const file of [
      shiftJis,
      bytes('名前,本文\nあいさつ,こんにちは'),
      bytes('\uFEFF名前,本文\r\nあいさつ,こんにちは\r\n'),
    ]) {
      expect(readCsv(file)).toEqual([
        { row: 2, cells: expect.objectContaining({ name: 'あいさつ', text: 'こんにちは' }), buttons: false },
      ]);
    }
    expect(faultsOf(() => decode(Uint8Array.from([0x81, 0x20, 0xfd, 0xff])))).toMatchObject([{ rule: 'encoding' }]);
  });

  it('know their headings in both languages, in any order, and count rows as a spreadsheet does', () => {
    const rows = readCsv(bytes('Text,ＮＡＭＥ,extra\n"一行目\n二行目",a,x\n,,\nb,c,'));
    expect(rows.map(({ row, cells }) => [row, cells.name, cells.text])).toEqual([
      [2, 'a', '一行目\n二行目'],
      [4, 'c', 'b'],
    ]);
  });

  it('name what is missing, and where a table is broken', () => {
    expect(faultsOf(() => readCsv(bytes('名前\nあ')))).toMatchObject([{ field: 'rows.1.text', rule: 'required' }]);
    expect(faultsOf(() => readCsv(bytes('名前,本文\nあ,い\n"う,え\n')))).toMatchObject([
      { field: 'rows.3', rule: 'csv' },
    ]);
    expect(faultsOf(() => readJson(bytes('{"a":1}')))).toMatchObject([{ field: 'file', rule: 'isArray' }]);
    expect(faultsOf(() => readJson(bytes('[')))).toMatchObject([{ field: 'file', rule: 'json' }]);
  });

  it('come back as they went out, also what a spreadsheet would compute', () => {
    const all = [
      response({ name: '=1+1', folder: 'あ/い', reading: 'ー', shortcut: 'hi' }),
      response({
        scope: 'queue',
        ownerId: '7',
        content: {
          type: 'text',
          text: '"引用"、\n改行、, カンマ',
          suggestions: [
            { kind: 'reply', label: 'はい', payload: 'はい' },
            { kind: 'url', label: '見る', payload: '見る', url: 'https://example.jp' },
          ],
        },
      }),
    ];
    const cells = [
      { scope: '個人', owner: '', folder: 'あ/い', name: '=1+1', reading: 'ー', shortcut: 'hi', text: 'こんにちは' },
      { scope: '窓口', owner: '旅行サポート', text: '"引用"、\n改行、, カンマ' },
    ];
    const csv = writeCsv(all, shelves);
    expect(csv).toContain("'=1+1");
    expect(readCsv(bytes(csv)).map((row) => row.cells)).toMatchObject(cells);
    expect(readJson(bytes(writeJson(all, shelves))).map((row) => row.cells)).toMatchObject([
      { ...cells[0], scope: 'personal' },
      { ...cells[1], scope: 'queue' },
    ]);
  });

  it('say on which shelf a row belongs', () => {
    const usual = shelves[0]!;
    const rowOf = (scope: string, owner: string) =>
      shelfOfRow(readCsv(bytes(`範囲,窓口・アカウント,名前,本文\n${scope},${owner},あ,い`))[0]!, shelves, usual);
    expect(rowOf('', '')).toBe(usual);
    expect(rowOf('ＱＵＥＵＥ', '旅行ｻﾎﾟｰﾄ')).toBe(shelves[1]);
    expect(rowOf('公式アカウント', '窓口銀行')).toMatchObject({ column: 'scope', rule: 'forbidden' });
    expect(rowOf('窓口', 'ない')).toMatchObject({ column: 'owner', rule: 'exists' });
    expect(rowOf('みんな', '')).toMatchObject({ column: 'scope', rule: 'isIn' });
  });
});
