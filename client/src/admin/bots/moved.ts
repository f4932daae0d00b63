/** The list with what stands at a place one further up (-1) or down (1); as it is where there is no further. */
export function moved(ids: readonly string[], place: number, by: -1 | 1): string[] {
  const next = [...ids];
  const [here, there] = [next[place], next[place + by]];
  if (here === undefined || there === undefined) return next;
  next[place] = there;
  next[place + by] = here;
  return next;
}
