/** The unique index decides; asking first would only hide the race. */
export function isTaken(fault: unknown): boolean {
  const { code, driverError } = (fault ?? {}) as { code?: string; driverError?: { code?: string } };
  return (driverError?.code ?? code) === '23505';
}
