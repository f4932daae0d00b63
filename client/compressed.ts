import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** Smaller than this a file fits in one packet as it is. */
const WORTH_BYTES = 1_400;

/** Beside each file that gets smaller by it lie two that the server hands out instead: compressed once, not for each request. */
export function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    writeBundle({ dir }, bundle) {
      for (const name of Object.keys(bundle)) {
        if (!dir || !/\.(js|css|html|svg|webmanifest)$/.test(name)) continue;
        const file = readFileSync(join(dir, name));
        if (file.length < WORTH_BYTES) continue;
        writeFileSync(join(dir, `${name}.gz`), gzipSync(file, { level: 9 }));
        writeFileSync(
          join(dir, `${name}.br`),
          brotliCompressSync(file, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
        );
      }
    },
  };
}
