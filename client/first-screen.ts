import { build, type InlineConfig } from 'vite';

/**
 * The modules that the first screen cannot do without, as the bundler itself finds them after leaving out what nobody uses. They
 * become one file: split by who shares what with whom, they were forty, each fetched and compressed by itself.
 */
export async function firstScreenModules(config: InlineConfig): Promise<ReadonlySet<string>> {
  const output = await build({
    ...config,
    configFile: false,
    logLevel: 'silent',
    build: { ...config.build, write: false, minify: false },
  });
  const chunks = [output]
    .flat()
    .flatMap((each) => ('output' in each ? each.output : []))
    .filter((each) => each.type === 'chunk');
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const modules = new Set<string>();
  const walk = (name: string): void => {
    const chunk = byName.get(name);
    if (!chunk) return;
    byName.delete(name);
    for (const id of chunk.moduleIds) modules.add(id);
    chunk.imports.forEach(walk);
  };
  for (const chunk of chunks) if (chunk.isEntry) walk(chunk.fileName);
  return modules;
}
