import { Fragment, useRef, useState, type ReactNode } from 'react';
import type { Ask } from './send-check.js';
import { sendChecks } from './send-checks.js';
import type { Draft } from './writing.js';

interface SendChecks {
  /** True when every check lets the draft go. */
  pass: (draft: Draft) => Promise<boolean>;
  /** What a check is asking right now. */
  dialog: ReactNode;
}

export function useSendChecks(): SendChecks {
  const [dialog, setDialog] = useState<ReactNode>(null);
  const running = useRef(false);
  const asked = useRef(0);
  const ask: Ask = (show) =>
    new Promise((resolve) => {
      asked.current += 1;
      const answer = (choice: Parameters<typeof resolve>[0]) => {
        setDialog(null);
        resolve(choice);
      };
      setDialog(<Fragment key={asked.current}>{show(answer)}</Fragment>);
    });
  const pass = async (draft: Draft) => {
    // A second press of the key while the first is being asked about.
    if (running.current) return false;
    running.current = true;
    try {
      for (const check of sendChecks) if (!(await check(draft, ask))) return false;
      return true;
    } finally {
      running.current = false;
    }
  };
  return { pass, dialog };
}
