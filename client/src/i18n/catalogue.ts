import type { ja } from './ja.js';

export type Texts<T> = { [K in keyof T]: T[K] extends string ? string : Texts<T[K]> };

/** Every catalogue has exactly the keys of the Japanese one; a missing one does not compile. */
export type Catalogue = Texts<typeof ja>;
