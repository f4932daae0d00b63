/** One tab of the console in this browser, as the others see it. */
export interface TabFace {
  id: string;
  /** Somebody has pressed something in it: only then may it make a sound. */
  audible: boolean;
  visible: boolean;
  /** When somebody last looked at it, by this machine's clock. */
  seenAt: number;
}

/** Which tab speaks for all of them: one that can be heard, rather the one that is looked at, rather the one looked at last. */
export function speakerOf(tabs: readonly TabFace[]): string | null {
  const [first] = [...newestFaces(tabs).values()].sort(
    (a, b) =>
      Number(b.audible) - Number(a.audible) ||
      Number(b.visible) - Number(a.visible) ||
      b.seenAt - a.seenAt ||
      (a.id < b.id ? -1 : 1),
  );
  return first?.id ?? null;
}

/** A tab that is changing its face shows both for a moment. */
function newestFaces(tabs: readonly TabFace[]): Map<string, TabFace> {
  const faces = new Map<string, TabFace>();
  for (const tab of tabs) {
    const known = faces.get(tab.id);
    if (!known || known.seenAt <= tab.seenAt) faces.set(tab.id, tab);
  }
  return faces;
}
