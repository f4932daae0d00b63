import { describe, expect, it } from 'vitest';
import { parsePreferences } from './preferences.js';

describe('what a desk prefers', () => {
  it('begins with sending by Ctrl+Enter, which no conversion ever presses', () => {
    expect(parsePreferences(null)).toEqual({
      locale: null,
      sendKey: 'modEnter',
      shortcuts: true,
      offerSound: true,
      offerDesktop: false,
      undoSeconds: 0,
      confirmSend: false,
    });
  });

  it('reads back what was chosen', () => {
    const chosen = {
      locale: 'en',
      sendKey: 'enter',
      shortcuts: false,
      offerSound: false,
      offerDesktop: true,
      undoSeconds: 10,
      confirmSend: true,
    };
    expect(parsePreferences(JSON.stringify(chosen))).toEqual(chosen);
  });

  it('passes over what it does not know', () => {
    expect(parsePreferences('{"locale":"fr","sendKey":7}')).toEqual(parsePreferences(null));
    expect(parsePreferences('not json')).toEqual(parsePreferences(null));
  });
});
