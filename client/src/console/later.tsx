import { useEffect, useEffectEvent, useReducer, useState, type ComponentType, type ReactNode } from 'react';
import { reachServer } from '../http/reach-server.js';
import { restOfTexts } from '../i18n/i18n.js';
import { PartMissing } from './part-missing.js';

interface Openable {
  /** Left out: it is open as long as it is there. */
  opened?: boolean;
  onClose: () => void;
}

/** There was a line a moment ago, or there would be no page. */
const JUST_LOADED_MS = 5_000;

const ahead: (() => Promise<void>)[] = [];
const next: (() => Promise<void>)[] = [];

/** Fetches what is opened next, nearly always, and what leads to further dialogs. */
export async function fetchNext(): Promise<void> {
  await Promise.allSettled(next.map((fetchIt) => fetchIt()));
}

/** Fetches every dialog there is, so that none of them needs a line when it is opened. */
export async function fetchDialogs(): Promise<void> {
  await Promise.allSettled(ahead.map((fetchIt) => fetchIt()));
}

/**
 * A dialog whose code is fetched apart from the rest. If it cannot be fetched, that is said where the dialog would stand, and
 * it can be asked for again; `React.lazy` would keep the failure for good and take everything around it down.
 *
 * So would the browser: a module that failed once is failed for this page. Therefore the line is tried first, and what fails
 * all the same is told as `vite:preloadError`, whose listener loads the page anew when nothing can be lost by it.
 *
 * @param waiting stands in its place meanwhile
 * @param soon is fetched right after the first screen, and not only when there is nothing else to do
 */
export function later<P extends Openable>(
  fetchPart: () => Promise<ComponentType<P> | undefined>,
  { waiting = null, soon = false }: { waiting?: ReactNode; soon?: boolean } = {},
): ComponentType<P> {
  let Part: ComponentType<P> | null = null;
  const fetchIt = async () => {
    // Nothing: the page is about to be loaded anew.
    const [part] = await Promise.all([fetchPart(), restOfTexts()]);
    Part = part ?? Part;
  };
  (soon ? next : ahead).push(fetchIt);
  return function Later(props: P) {
    const [, look] = useReducer((times: number) => times + 1, 0);
    if (Part !== null) return <Part {...props} />;
    if (props.opened === false) return null;
    const reach = () => (soon && performance.now() < JUST_LOADED_MS ? Promise.resolve() : reachServer());
    return <Fetching fetchIt={() => reach().then(fetchIt).then(look)} waiting={waiting} onClose={props.onClose} />;
  };
}

interface FetchingProps {
  fetchIt: () => Promise<void>;
  waiting: ReactNode;
  onClose: () => void;
}

function Fetching({ fetchIt, waiting, onClose }: FetchingProps) {
  const [state, setState] = useState<'first' | 'missing' | 'again'>('first');
  const ask = useEffectEvent(() => {
    fetchIt().catch(() => setState('missing'));
  });
  useEffect(() => {
    if (state !== 'missing') ask();
  }, [state]);
  if (state === 'first') return waiting;
  return <PartMissing busy={state === 'again'} onRetry={() => setState('again')} onClose={onClose} />;
}
