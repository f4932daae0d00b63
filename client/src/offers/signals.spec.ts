import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { OfferSignals, RING_AGAIN_MS, type Allowed } from './signals.js';

const both: Allowed = { sound: true, desktop: true };
const note = (id: string) => ({ id, title: id, body: '' });

function stage({ speaks = true, heard = true, looks = false } = {}) {
  const happened: string[] = [];
  const signals = new OfferSignals({
    speaks: async () => speaks,
    ring: async () => {
      if (heard) happened.push('ring');
      return heard;
    },
    show: ({ id }) => happened.push(`show ${id}`),
    keepOnly: (ids) => happened.push(`keep ${ids.join(',')}`),
    looksAt: () => looks,
    muted: (muted) => happened.push(muted ? 'muted' : 'not muted'),
  });
  const since = () => happened.splice(0);
  return { signals, since, rings: () => since().filter((what) => what === 'ring').length };
}

const passes = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('an offer', () => {
  it('is heard at once, and again until it is gone', async () => {
    const { signals, rings } = stage();
    signals.show([note('1')], both);
    await passes(0);
    expect(rings()).toBe(1);
    await passes(RING_AGAIN_MS * 2);
    expect(rings()).toBe(2);
    signals.show([], both);
    await passes(RING_AGAIN_MS * 3);
    expect(rings()).toBe(0);
  });

  it('is heard at once beside another, and one that goes makes no sound', async () => {
    const { signals, rings } = stage();
    signals.show([note('1')], both);
    await passes(1_000);
    signals.show([note('1'), note('2')], both);
    await passes(0);
    expect(rings()).toBe(2);
    signals.show([note('2')], both);
    await passes(0);
    expect(rings()).toBe(0);
    await passes(RING_AGAIN_MS);
    expect(rings()).toBe(1);
  });

  it('is left to the tab that speaks', async () => {
    const { signals, since } = stage({ speaks: false });
    signals.show([note('1')], both);
    await passes(RING_AGAIN_MS);
    expect(since()).not.toContain('ring');
  });

  it('shows on the desktop only while nobody looks at the page', async () => {
    const away = stage();
    away.signals.show([note('1')], both);
    await passes(0);
    expect(away.since()).toContain('show 1');
    const here = stage({ looks: true });
    here.signals.show([note('1')], both);
    await passes(0);
    expect(here.since()).not.toContain('show 1');
  });

  it('takes its note from the desktop when it is gone, or nothing may be shown any more', async () => {
    const { signals, since } = stage();
    signals.show([note('1'), note('2')], both);
    signals.show([note('2')], both);
    signals.show([note('2')], { sound: true, desktop: false });
    expect(since().filter((what) => what.startsWith('keep'))).toEqual(['keep 1,2', 'keep 2', 'keep ']);
  });

  it('makes no sign at all to somebody who is not to be disturbed', async () => {
    const { signals, since } = stage();
    signals.show([note('1')], { sound: false, desktop: false });
    await passes(RING_AGAIN_MS);
    expect(since().filter((what) => what === 'ring' || what.startsWith('show'))).toEqual([]);
    signals.show([note('1')], both);
    await passes(0);
    expect(since()).toContain('ring');
  });

  it('says when the browser keeps the page silent', async () => {
    const { signals, since } = stage({ heard: false });
    signals.show([note('1')], both);
    await passes(0);
    expect(since().at(-1)).toBe('muted');
    signals.show([], both);
    expect(since().at(-1)).toBe('not muted');
  });
});
