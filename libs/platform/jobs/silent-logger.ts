import { Logger } from 'graphile-worker';

/** The runner's own lines name payloads; ours are written by `Jobs`. */
export const silentJobLogger = new Logger(() => () => undefined);
