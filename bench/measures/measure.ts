import type { Figure } from '../report/figure.js';
import type { Samples } from '../report/samples.js';
import type { Stage } from '../stage.js';

/** One part of a round: measures something for a moment and adds it to the samples. */
export type Slice = (samples: Samples) => Promise<void>;

export interface Options {
  /** Seconds of one slice. */
  seconds: number;
  quick: boolean;
}

/** What is measured together: its slices take turns, round by round, so that a busy moment of the machine hits all. */
export interface Measure {
  /** Beginnings of the names of its figures. */
  names: string[];
  /** Each slice starts its own processes and warms them itself. */
  startsAfresh?: true;
  prepare(stage: Stage, options: Options): Promise<Slice[]>;
  figures(samples: Samples): Figure[];
}
