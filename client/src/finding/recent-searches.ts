const KEY = 'madoguchi.searches';
const KEPT = 6;

/**
 * What was searched for last, in this tab and until it is closed or another person sits down: these are customers' names and
 * words, which no desk should keep.
 */
export const recentSearches = {
  all(): string[] {
    try {
      const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? '[]');
      return Array.isArray(kept) ? kept.filter((each): each is string => typeof each === 'string') : [];
    } catch {
      return [];
    }
  },
  add(q: string): void {
    const words = q.trim();
    if (words === '') return;
    keep([words, ...recentSearches.all().filter((each) => each !== words)].slice(0, KEPT));
  },
  clear(): void {
    keep([]);
  },
};

function keep(searches: string[]): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(searches));
  } catch {
    // A browser that keeps nothing still searches.
  }
}
