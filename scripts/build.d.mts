import type { Steps } from './steps.mjs';
export function build(root: string, steps: Steps, options?: { force?: boolean }): Promise<void>;
