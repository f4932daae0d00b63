import { describe, expect, it } from 'vitest';
import { Settings } from '#libs/platform/settings/index.js';
import { MediaLinks } from './media-links.js';

const key = (letter: string) => Buffer.alloc(32, letter).toString('base64');
const links = new MediaLinks(new Settings({ masterKey: key('a'), publicUrl: 'https://console.example' }));
const wordOf = (url: string) => url.split('/')[4]!;
const hour = 3_600_000;

describe('a link for the carrier', () => {
  const url = links.make({ attachmentId: '42', variant: 'phone' }, '見積 1.png', 0);

  it('names one file, in one size, for an hour', () => {
    expect(url).toMatch(/^https:\/\/console\.example\/media\/42\.phone\.[^/]+\/%E8%A6%8B%E7%A9%8D%201\.png$/);
    expect(links.read(wordOf(url), hour - 1000)).toEqual({ attachmentId: '42', variant: 'phone' });
    expect(links.read(wordOf(url), hour + 1000)).toBeNull();
    const whole = links.make({ attachmentId: '42', variant: undefined }, 'x', 0);
    expect(links.read(wordOf(whole), 0)).toEqual({ attachmentId: '42', variant: undefined });
  });

  it('opens nothing when a letter of it is another one, or another key signed it', () => {
    const word = wordOf(url);
    for (let place = 0; place < word.length; place += 1) {
      const other = word[place] === '1' ? '2' : '1';
      expect(links.read(word.slice(0, place) + other + word.slice(place + 1), 0)).toBeNull();
    }
    const others = new MediaLinks(new Settings({ masterKey: key('b') }));
    expect(others.read(word, 0)).toBeNull();
    expect(links.read('', 0)).toBeNull();
  });
});
