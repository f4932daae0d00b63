/** Marks a stretch in the field that has the cursor: what is typed next stands in its place. */
export function selectInField(from: number, to: number): void {
  const field = document.activeElement;
  if (field instanceof HTMLTextAreaElement) field.setSelectionRange(from, to);
}
