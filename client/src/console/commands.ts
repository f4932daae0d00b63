import { useEffect, useEffectEvent } from 'react';

/** What a key can ask for. Whoever can do it right now offers to. */
export type Command =
  | 'next'
  | 'previous'
  | 'open'
  | 'reply'
  | 'note'
  | 'take'
  | 'closeAndNext'
  | 'back'
  | 'help'
  | 'search'
  | 'state'
  | 'acceptOffer'
  | 'declineOffer'
  | 'transfer'
  | 'hold'
  | 'snooze'
  | 'priority'
  | 'label'
  | 'reasons'
  | 'ideas'
  | 'fold'
  | 'returnToBot'
  | 'wrapUp'
  | 'palette'
  | 'goList'
  | 'goMine'
  | 'goUnassigned'
  | 'goBot'
  | 'goQueue'
  | 'goAll'
  | 'goSettings';

const offers = new Map<Command, (() => void)[]>();

/** True when somebody did it. The latest offer wins: what opened last is what the person looks at. */
export function runCommand(command: Command): boolean {
  const handler = offers.get(command)?.at(-1);
  handler?.();
  return handler !== undefined;
}

/** Somebody could do it now. */
export function canRun(command: Command): boolean {
  return (offers.get(command)?.length ?? 0) > 0;
}

export function useCommand(command: Command, handler: () => void, enabled = true): void {
  const run = useEffectEvent(handler);
  useEffect(() => {
    if (!enabled) return undefined;
    const offer = () => run();
    offers.set(command, [...(offers.get(command) ?? []), offer]);
    return () => {
      offers.set(
        command,
        (offers.get(command) ?? []).filter((each) => each !== offer),
      );
    };
  }, [command, enabled]);
}
