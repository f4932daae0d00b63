import { describe, expect, it } from 'vitest';
import { searchIn } from './ranking.js';

const things = [
  { name: '引き継ぎ', also: ['ひきつぎ', 'transfer'] },
  { name: '後で対応', also: ['あとでたいおう', 'snooze'] },
  { name: '社内メモ', also: ['しゃないめも', 'note'] },
  { name: 'チャットの終了', also: [] },
  { name: 'ご注文の確認', also: ['ごちゅうもんのかくにん'] },
  { name: '新規のお客様', also: ['しんきのおきゃくさま'] },
  { name: '返信', also: ['へんしん', 'reply'] },
];
const found = searchIn(things, { names: ({ name, also }) => [name, ...also] });
const names = (typed: string) => found(typed).map(({ name }) => name);

describe('finding by what is typed', () => {
  it('gives everything in its order for nothing', () => {
    expect(names('')).toEqual(things.map(({ name }) => name));
    expect(names('  ')).toHaveLength(things.length);
  });

  it('knows kanji, hiragana, katakana of both widths, and English', () => {
    for (const typed of ['引き継', 'ひきつ', 'ヒキツ', 'ﾋｷﾂ', 'transf', 'ＴＲＡＮＳＦ'])
      expect(names(typed)[0]).toBe('引き継ぎ');
  });

  it('knows romaji of both schools', () => {
    for (const typed of ['hikitsugi', 'hikitugi']) expect(names(typed)[0]).toBe('引き継ぎ');
    for (const typed of ['shanai', 'syanai']) expect(names(typed)[0]).toBe('社内メモ');
    for (const typed of ['chatto', 'tyatto']) expect(names(typed)[0]).toBe('チャットの終了');
    for (const typed of ['gochuumon', 'gotyuumon']) expect(names(typed)[0]).toBe('ご注文の確認');
  });

  it('follows romaji letter by letter', () => {
    for (const word of ['hikitsugi', 'hikitugi'])
      for (let typed = 1; typed <= word.length; typed += 1) expect(names(word.slice(0, typed))).toContain('引き継ぎ');
    for (const word of ['syanaimemo', 'shanaimemo'])
      for (let typed = 1; typed <= word.length; typed += 1) expect(names(word.slice(0, typed))).toContain('社内メモ');
    for (const word of ['hensin', 'henshin'])
      for (let typed = 1; typed <= word.length; typed += 1) expect(names(word.slice(0, typed))).toContain('返信');
    for (const word of ['sinkinoo', 'shinkinoo'])
      for (let typed = 1; typed <= word.length; typed += 1)
        expect(names(word.slice(0, typed))).toContain('新規のお客様');
  });

  it('finds letters that stand apart, but not a single one', () => {
    expect(names('注確')).toEqual(['ご注文の確認']);
    expect(names('確注')).toEqual([]);
    expect(names('q')).toEqual([]);
  });

  it('wants every word', () => {
    expect(names('注文 確認')).toEqual(['ご注文の確認']);
    expect(names('注文 返信')).toEqual([]);
    expect(names('注文　確認')).toEqual(['ご注文の確認']);
  });

  it('puts a beginning before a middle, a short name before a long one, and the name before its reading', () => {
    const ranked = (list: string[], typed: string) => searchIn(list, { names: (item) => [item] })(typed);
    expect(ranked(['ご返信', '返信の雛形', '返信'], '返信')).toEqual(['返信', '返信の雛形', 'ご返信']);
    expect(ranked(['xab', 'x ab', 'ab x', 'axb'], 'ab')).toEqual(['ab x', 'x ab', 'xab', 'axb']);
    const both = [
      { at: 1, names: ['他', 'note'] },
      { at: 2, names: ['note'] },
    ];
    expect(searchIn(both, { names: (item) => item.names })('note').map(({ at }) => at)).toEqual([2, 1]);
  });

  it('lets what is wanted often decide between equals, and keeps the order otherwise', () => {
    const used = [
      { name: '挨拶 1', uses: 1 },
      { name: '挨拶 2', uses: 9 },
      { name: '挨拶 3', uses: 1 },
    ];
    const search = searchIn(used, { names: ({ name }) => [name], often: ({ uses }) => uses });
    expect(search('挨拶').map(({ name }) => name)).toEqual(['挨拶 2', '挨拶 1', '挨拶 3']);
    expect(search('挨拶', 1)).toHaveLength(1);
  });
});
