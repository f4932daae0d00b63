const KEY = 'madoguchi.panel';

const usual = { details: true, identity: true, notes: true, history: true, files: false, numbers: true };
export type SectionName = keyof typeof usual;

const listeners = new Set<() => void>();
let current: Record<SectionName, boolean> = { ...usual, ...kept() };

/** Which parts of the panel are open at this desk. */
export const folds = {
  isOpen: (name: SectionName): boolean => current[name],
  turn(name: SectionName): void {
    current = { ...current, [name]: !current[name] };
    try {
      localStorage.setItem(KEY, JSON.stringify(current));
    } catch {
      // A browser that keeps nothing still folds; it only forgets.
    }
    for (const listener of listeners) listener();
  },
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

function kept(): Partial<Record<SectionName, boolean>> {
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Record<string, unknown>;
    const names = Object.keys(usual) as SectionName[];
    return Object.fromEntries(
      names.flatMap((name) => (typeof stored[name] === 'boolean' ? [[name, stored[name]]] : [])),
    );
  } catch {
    return {};
  }
}
