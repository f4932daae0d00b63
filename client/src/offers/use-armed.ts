import { useEffect, useState } from 'react';

/** Long enough that a press meant for what was there before is over. */
const ARM_MS = 500;

/** False for the first moment in which something stands where it stands: it must not catch a press that was not meant for it. */
export function useArmed(): boolean {
  const [armed, setArmed] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setArmed(true), ARM_MS);
    return () => clearTimeout(timer);
  }, []);
  return armed;
}
