/** What has to be said so that the one at `place` and the one after it change places; positions that are equal part as well. */
export function swapped(items: readonly { id: string }[], place: number): { id: string; body: { position: number } }[] {
  const order = items.map(({ id }) => id);
  [order[place], order[place + 1]] = [order[place + 1]!, order[place]!];
  return order.map((id, position) => ({ id, body: { position } }));
}
