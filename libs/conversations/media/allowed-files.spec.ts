import { describe, expect, it } from 'vitest';
import { honestName, kindOf } from './allowed-files.js';

const named = (name: string, real: string, declared = '') => honestName(name, declared, kindOf(real)!);

describe('the name of a file that goes out', () => {
  it('stays when it says what the file is', () => {
    expect(named('写真.JPG', 'image/jpeg')).toBe('写真.JPG');
    expect(named('voice.m4a', 'audio/x-m4a')).toBe('voice.m4a');
  });

  it('is put right within the family, and completed where it has no ending', () => {
    expect(named('screen.png', 'image/jpeg')).toBe('screen.jpg');
    expect(named('voice.m4a', 'video/mp4')).toBe('voice.mp4');
    expect(named('clip.mp4', 'video/quicktime')).toBe('clip.mov');
    expect(named('見積書', 'application/pdf')).toBe('見積書.pdf');
    expect(named('picture', 'image/png', 'image/png')).toBe('picture.png');
  });

  it('is refused when it promises something else', () => {
    expect(named('page.html', 'image/png')).toBeNull();
    expect(named('film.mp4', 'image/png')).toBeNull();
    expect(named('song.mp3', 'video/mp4')).toBeNull();
    expect(named('letter.pdf', 'image/jpeg')).toBeNull();
    expect(named('noending', 'application/pdf', 'image/png')).toBeNull();
  });

  it('of a kind that is not on the list has no kind', () => {
    for (const type of ['image/svg+xml', 'image/heic', 'application/zip', 'text/html', '', null])
      expect(kindOf(type)).toBeNull();
  });
});
