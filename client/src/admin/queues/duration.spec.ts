import { expect, it } from 'vitest';
import { durationWords } from './duration.js';

it.each([
  [600, '10分', '10m'],
  [5_400, '1時間30分', '1h 30m'],
  [-300, '−5分', '−5m'],
  [61, '1分1秒', '1m 1s'],
  [0, '0秒', '0s'],
  [90_000, '1日1時間', '1d 1h'],
])('%d seconds are %s', (seconds, ja, en) => {
  expect([durationWords(seconds, 'ja'), durationWords(seconds, 'en')]).toEqual([ja, en]);
});
