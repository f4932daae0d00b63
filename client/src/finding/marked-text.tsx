import type { ReactNode } from 'react';
import type { FoundText } from '#libs/contracts/index.js';

/** What was found, with every place of it marked. */
export function MarkedText({ found }: { found: FoundText }) {
  const parts: ReactNode[] = [];
  let at = 0;
  for (const { from, to } of found.marks) {
    parts.push(found.text.slice(at, from), <mark key={from}>{found.text.slice(from, to)}</mark>);
    at = to;
  }
  parts.push(found.text.slice(at));
  return (
    <>
      {found.cutBefore && '…'}
      {parts}
      {found.cutAfter && '…'}
    </>
  );
}
