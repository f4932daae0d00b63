import { desktop, phone } from './office.js';

const all = [
  ['desk', 'ja', 'light', desktop],
  ['phone', 'en', 'dark', phone],
  ['desk', 'en', 'dark', desktop],
  ['phone', 'ja', 'light', phone],
  ['desk', 'ja', 'dark', desktop],
  ['phone', 'en', 'light', phone],
  ['desk', 'en', 'light', desktop],
  ['phone', 'ja', 'dark', phone],
] as const;

/**
 * Where, in which language and in which light people look at a screen. The first two have each of them once; `ALL_LOOKS=1` tries
 * every combination, which takes minutes more.
 */
export const looks: readonly (typeof all)[number][] = process.env['ALL_LOOKS'] ? all : all.slice(0, 2);
