import { describe, expect, it } from 'vitest';
import { parsePreferences, preferences } from './preferences.js';

describe('what a desk prefers', () => {
  it('begins with sending by Ctrl+Enter, which no conversion ever presses', () => {
    expect(parsePreferences(null)).toEqual({
      locale: null,
      sendKey: 'modEnter',
      shortcuts: true,
      keys: [],
      quietKinds: [],
      quietUntil: null,
      quietAway: true,
      toured: false,
      density: 'comfortable',
      fontSize: 'normal',
      volume: 0.6,
      desktop: false,
      undoSeconds: 0,
      confirmSend: false,
    });
  });

  it('reads back what was chosen', () => {
    const chosen = {
      locale: 'en',
      sendKey: 'enter',
      shortcuts: false,
      keys: [{ command: 'next', keys: ['x'] }],
      quietKinds: ['queue'],
      quietUntil: '2026-03-01T05:05:00.000Z',
      quietAway: false,
      toured: true,
      density: 'compact',
      fontSize: 'large',
      volume: 0.2,
      desktop: true,
      undoSeconds: 5,
      confirmSend: true,
    };
    expect(parsePreferences(JSON.stringify(chosen))).toEqual(chosen);
  });

  it('passes over what it does not know', () => {
    const strange =
      '{"locale":"fr","sendKey":7,"keys":[{"command":1}],"quietKinds":["rain"],"quietUntil":"soon","volume":9}';
    expect(parsePreferences(strange)).toEqual(parsePreferences(null));
    expect(parsePreferences('not json')).toEqual(parsePreferences(null));
  });

  it('keeps the desk for the next person, and nothing of the last one', () => {
    const told: object[] = [];
    const stop = preferences.onChosen((change) => told.push(change));
    preferences.set({ volume: 0.3, sendKey: 'enter' });
    expect(told).toEqual([{ sendKey: 'enter' }]);
    preferences.forget();
    expect(preferences.get()).toMatchObject({ volume: 0.3, sendKey: 'modEnter' });
    preferences.follow({ keys: [{ command: 'take', keys: [] }], shortcuts: false });
    expect(preferences.get()).toMatchObject({ volume: 0.3, sendKey: 'modEnter', shortcuts: false });
    expect(told).toHaveLength(1);
    stop();
  });
});
