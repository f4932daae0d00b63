import { describe, expect, it } from 'vitest';
import { textual } from './content-type.js';

const of = (text: string) => textual(Buffer.from(text));

describe('what begins like a text', () => {
  it.each([
    ['<!DOCTYPE html><title>x', 'HTML'],
    ['\uFEFF \n<!-- a --><html lang="ja">', 'HTML'],
    ['<script>alert(1)</script>', 'HTML'],
    ['<?xml version="1.0"?><!-- --><svg xmlns="…">', 'SVG'],
    ['<svg onload="x()">', 'SVG'],
    ['<?xml version="1.0"?><feed/>', 'XML'],
    ['BEGIN:VCARD\r\nVERSION:3.0', 'vCard'],
    ['ご契約の内容です', 'text'],
  ])('%s is told by name', (text, name) => expect(of(text)).toBe(name));

  it('is none where a signature or a zero stands', () => {
    expect(of('%PDF-1.7\n')).toBeNull();
    expect(textual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]))).toBeNull();
    expect(textual(Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0x41, 0x42]))).toBeNull();
    expect(textual(Buffer.alloc(0))).toBeNull();
  });
});
