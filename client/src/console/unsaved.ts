let holders = 0;

/** Something on the screen would be lost by leaving it, and asks before it is left. */
export function hasUnsaved(): boolean {
  return holders > 0;
}

/** @returns takes it back */
export function holdUnsaved(): () => void {
  holders += 1;
  return () => {
    holders -= 1;
  };
}
