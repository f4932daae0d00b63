import { describe, expect, it } from 'vitest';
import { readTime, readWhole } from './written.js';

describe('what is typed', () => {
  it.each([
    ['20', 20],
    ['２０', 20],
    [' 1,200 ', 1200],
    ['－３００', -300],
    ['ー300', -300],
    ['−5', -5],
    ['', Number.NaN],
    ['二十', Number.NaN],
    ['1.5', Number.NaN],
    ['9999999999', Number.NaN],
  ])('%s is the number %d', (text, number) => expect(readWhole(text)).toBe(number));

  it.each([
    ['9:00', '09:00'],
    ['０９：３０', '09:30'],
    ['9時', '09:00'],
    ['9時30分', '09:30'],
    ['930', '09:30'],
    ['1830', '18:30'],
    ['7', '07:00'],
    ['24:00', null],
    ['25:00', null],
    ['9:60', null],
    ['朝', null],
    ['', null],
  ])('%s is the time %s', (text, time) => expect(readTime(text, false)).toBe(time));

  it('a day may end at 24:00, and not after', () => {
    expect(readTime('24:00', true)).toBe('24:00');
    expect(readTime('24:01', true)).toBeNull();
  });
});
