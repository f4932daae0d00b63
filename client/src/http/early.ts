const FRESH_MS = 8_000;
const asked = new Map<string, { at: number; answer: Promise<Response> }>();

/** Before anybody needs it; whoever asks for the same path soon has its answer. */
export function askEarly(path: string): void {
  const answer = fetch(`/api${path}`, { credentials: 'same-origin' });
  answer.catch(() => undefined);
  asked.set(path, { at: performance.now(), answer });
}

/** The early answer, once; undefined when there was none, or none that may still be relied upon. */
export async function early(path: string): Promise<Response | undefined> {
  const known = asked.get(path);
  if (known === undefined) return undefined;
  asked.delete(path);
  if (performance.now() - known.at > FRESH_MS) return undefined;
  const response = await known.answer.catch(() => undefined);
  return response?.ok ? response : undefined;
}
