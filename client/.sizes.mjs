import { build } from 'vite';
import { gzipSync } from 'node:zlib';
const th = Number(process.argv[2]);
const groups = process.argv[3] === 'auto' ? undefined : { groups: [{ name: 'shared', minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: th }] };
await build({ configFile: 'client/vite.config.ts', root: 'client', logLevel: 'error', build: { write: false, rolldownOptions: { output: { codeSplitting: groups } } }, plugins: [{ name: 'sizes', generateBundle(_, bundle) {
  const chunks = Object.values(bundle).filter((c) => c.type === 'chunk');
  const by = new Map(chunks.map((c) => [c.fileName, c]));
  const entry = chunks.find((c) => c.isEntry);
  const seen = new Set(); const walk = (f) => { if (seen.has(f)) return; seen.add(f); by.get(f).imports.forEach(walk); };
  walk(entry.fileName);
  let g = 0; for (const f of seen) g += gzipSync(by.get(f).code).length;
  console.log('static closure', seen.size, 'files', g, 'of', chunks.length);
  for (const f of [...seen].sort((a,b)=>by.get(b).code.length-by.get(a).code.length).slice(0,12)) console.log('  ', f, by.get(f).code.length, gzipSync(by.get(f).code).length);
} }] });
