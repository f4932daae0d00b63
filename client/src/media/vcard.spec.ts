import { describe, expect, it } from 'vitest';
import { readCard } from './vcard.js';

describe('a contact card', () => {
  it('is read in the form of today', () => {
    const text = [
      'BEGIN:VCARD', 'VERSION:3.0', 'N:山田;花子;;;', 'FN:山田 花子', 'ORG:窓口銀行;営業部', 'TEL;TYPE=CELL:090-0000-0001',
      'item1.EMAIL;TYPE=INTERNET:hana', ' @example.jp', 'END:VCARD', 'BEGIN:VCARD', 'FN:次の人', 'END:VCARD',
    ].join('\r\n'); // prettier-ignore
    expect(readCard(text)).toEqual({
      name: '山田 花子',
      organisation: '窓口銀行 営業部',
      phones: ['090-0000-0001'],
      mails: ['hana@example.jp'],
    });
  });

  it('is read in the form of old handsets', () => {
    const text =
      'BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E5=B1=B1=\n=E7=94=B0;=E8=8A=B1=E5=AD=90\nTEL;CELL:+81900\nEND:VCARD';
    expect(readCard(text)).toMatchObject({ name: '山田 花子', phones: ['+81900'] });
  });

  it('that names nobody, or is none, is none', () => {
    expect(readCard('BEGIN:VCARD\nEND:VCARD')).toBeNull();
    expect(readCard('<html>')).toBeNull();
  });
});
