import { Fragment, useRef, useState, type ReactNode } from 'react';
import type { Ask } from './send-check.js';
import { sendChecks } from './send-checks.js';
import { drafts } from '../../desk.js';
import type { Draft } from './writing.js';

interface SendChecks {
  /** True when every check lets the draft go. */
  pass: (draft: Draft) => Promise<boolean>;
  /** What a check is asking right now. */
  dialog: ReactNode;
}

export function useSendChecks(): SendChecks {
  const [dialog, setDialog] = useState<ReactNode>(null);
  const running = useRef<Promise<boolean> | null>(null);
  const asking = useRef(false);
  const asked = useRef(0);
  const ask: Ask = (show) =>
    new Promise((resolve) => {
      asked.current += 1;
      const answer = (choice: Parameters<typeof resolve>[0]) => {
        setDialog(null);
        asking.current = false;
        resolve(choice);
      };
      asking.current = true;
      setDialog(<Fragment key={asked.current}>{show(answer)}</Fragment>);
    });
  const pass = async (draft: Draft) => {
    while (running.current) {
      // A second press of the key while the first is being asked about.
      if (asking.current) return false;
      await running.current;
      // A task later: what passed is on its way by then.
      await new Promise((next) => setTimeout(next));
      // Pressed twice for the same words, which are gone by now.
      if (drafts.get(draft.conversationId)[draft.tab] !== draft.text) return false;
    }
    running.current = passed(draft, ask);
    try {
      return await running.current;
    } finally {
      running.current = null;
    }
  };
  return { pass, dialog };
}

async function passed(draft: Draft, ask: Ask): Promise<boolean> {
  for (const check of sendChecks) if (!(await check(draft, ask))) return false;
  return true;
}
