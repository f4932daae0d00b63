import { createContext, use } from 'react';

/** Where the panel lies over the conversation, it makes room for what is opened from it. */
export const LeavePanel = createContext<() => void>(() => undefined);

export function useLeavePanel(): () => void {
  return use(LeavePanel);
}
