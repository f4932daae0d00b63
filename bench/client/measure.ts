import type { Figure } from '../report/figure.js';
import type { Samples } from '../report/samples.js';
import type { Desk } from './desk.js';

/** Something an agent feels. */
export interface ClientMeasure {
  /** Beginnings of the names of its figures. */
  names: string[];
  /** It takes long enough to be its own median. */
  once?: true;
  round(desk: Desk, samples: Samples): Promise<void>;
  figures(samples: Samples): Figure[];
}
