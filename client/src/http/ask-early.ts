/**
 * What every visit begins with is asked for before the rest of the page's code has even run: who is signed in, and the list
 * that the address names. It stands first in `main.tsx`, and imports next to nothing.
 */
import { askEarly } from './early.js';

/** As the list asks for it; where the address says more, nothing is asked for early. */
function listPath({ pathname, search }: Location): string | null {
  const words = new URLSearchParams(search);
  const [view, order] = [words.get('view') ?? 'mine', words.get('order') ?? 'waiting'];
  const plain = [...words.keys()].every((name) => name === 'view' || name === 'order');
  if (!plain || !/^\/(c\/[^/]+)?$/.test(pathname) || !/^[a-z]+$/.test(view + order)) return null;
  return `/conversations?view=${view}&order=${order}&limit=50`;
}

askEarly('/session');
const list = listPath(location);
if (list !== null) askEarly(list);
