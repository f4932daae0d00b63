const PATIENCE_MS = 4_000;
let stands: () => void = () => undefined;
const standing = new Promise<void>((resolve) => (stands = resolve));

/** What somebody came for is on the screen. */
export function firstScreenStands(): void {
  stands();
}

/** Resolves in the frame after; or when it has taken so long that nobody should wait for it. */
export async function afterFirstScreen(): Promise<void> {
  await Promise.race([standing, new Promise((late) => setTimeout(late, PATIENCE_MS))]);
  await new Promise((next) => setTimeout(next, 50));
}
