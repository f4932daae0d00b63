import type { ReactNode } from 'react';
import type { CaretSign } from './caret-sign.js';
import type { Stretch, Tab, Writing } from './writing.js';

export interface CaretItem {
  key: string;
  /** One or two lines. */
  content: ReactNode;
  /** @param stretch the sign and what was typed behind it: usually replaced by `writing.insert(…, stretch)` */
  pick: (stretch: Stretch) => void;
}

export interface CaretChoices {
  /** Said to screen readers. */
  label: string;
  state: 'loading' | 'failed' | 'ready';
  items: readonly CaretItem[];
  /** Said where there is no item. */
  empty: string;
}

/** Opens where its sign is typed. Asks the server for nothing before that. */
export interface CaretMenu {
  name: string;
  sign: CaretSign;
  tabs: readonly Tab[];
  /** A hook of the open menu: what may be chosen for what stands behind the sign. */
  useChoices: (query: string, writing: Writing) => CaretChoices;
}

export interface OpenMenu {
  menu: CaretMenu;
  query: string;
  stretch: Stretch;
  point: { left: number; top: number };
}
