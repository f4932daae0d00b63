import { describe, expect, it } from 'vitest';
import { parsePreferences, type Preferences } from '../settings/preferences.js';
import { ONE_SOUND_MS, TellNews } from './tell-news.js';

function stage(chosen: Partial<Preferences> = {}, place: { speaks?: boolean; looks?: boolean; ready?: boolean } = {}) {
  const heard: string[] = [];
  const shown: string[] = [];
  let now = 1_000_000;
  const news = new TellNews({
    preferences: () => ({ ...parsePreferences(null), desktop: true, ...chosen }),
    ready: () => place.ready ?? true,
    speaks: () => Promise.resolve(place.speaks ?? true),
    ring: (kind, volume) => {
      heard.push(`${kind} ${volume}`);
      return Promise.resolve(true);
    },
    show: ({ id }) => void shown.push(id),
    looksAt: () => place.looks ?? false,
    now: () => now,
  });
  const tell = (kind: 'message' | 'queue' = 'message', id = 'a') => news.tell(kind, { id, title: '', body: '' });
  return { heard, shown, tell, pass: (ms: number) => void (now += ms) };
}

describe('news that is told', () => {
  it('is heard, and seen by whoever looks elsewhere', async () => {
    const { heard, shown, tell } = stage({ volume: 0.4 });
    await tell();
    expect({ heard, shown }).toEqual({ heard: ['message 0.4'], shown: ['a'] });
  });

  it('is heard also by whoever looks at the page, who needs no note', async () => {
    const { heard, shown, tell } = stage({}, { looks: true });
    await tell();
    expect({ heard: heard.length, shown }).toEqual({ heard: 1, shown: [] });
  });

  it('is one sound for several of a kind at once', async () => {
    const { heard, tell, pass } = stage();
    await tell('message', 'a');
    await tell('message', 'b');
    await tell('queue', 'c');
    pass(ONE_SOUND_MS);
    await tell('message', 'd');
    expect(heard.map((each) => each.split(' ')[0])).toEqual(['message', 'queue', 'message']);
  });

  it.each([
    ['another tab speaks', {}, { speaks: false }],
    ['the kind is turned off', { quietKinds: ['message'] }, {}],
    ['she is not to be disturbed', { quietUntil: new Date(1_000_001).toISOString() }, {}],
    ['she is not ready', {}, { ready: false }],
  ] as [string, Partial<Preferences>, object][])('is silent while %s', async (_, chosen, place) => {
    const { heard, shown, tell } = stage(chosen, place);
    await tell();
    expect({ heard, shown }).toEqual({ heard: [], shown: [] });
  });

  it('comes again when the quiet time is over, and also to whoever is away where she wants it', async () => {
    const over = stage({ quietUntil: new Date(999_999).toISOString() });
    await over.tell();
    const away = stage({ quietAway: false }, { ready: false });
    await away.tell();
    expect([over.heard.length, away.heard.length]).toEqual([1, 1]);
  });
});
