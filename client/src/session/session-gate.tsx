import { lazy, Suspense, useEffect, type ReactNode } from 'react';
import { closeDesk, isDeskTaken, openDesk } from '../desk.js';
import { followLocale, restOfTexts } from '../i18n/i18n.js';
import { FailedPage } from './failed-page.js';
import { SessionContext, useSessionQuery } from './session.js';

const SignInPage = lazy(async () => {
  const [{ SignInPage: page }] = await Promise.all([import('./sign-in-page.js'), restOfTexts()]);
  return { default: page };
});

/** Everything behind it belongs to somebody who is signed in. */
export function SessionGate({ children }: { children: ReactNode }) {
  const { data: session, error, refetch, isFetching } = useSessionQuery();
  const agentId = session?.agent.id;
  const locale = session?.agent.locale;

  useEffect(() => {
    if (!agentId) return undefined;
    openDesk(agentId);
    return closeDesk;
  }, [agentId]);

  // It was reached for on the chance that somebody is here.
  useEffect(() => {
    if (session === null) closeDesk();
  }, [session]);

  useEffect(() => {
    if (locale) followLocale(locale);
  }, [locale]);

  if (session) return <SessionContext value={session}>{children}</SessionContext>;
  if (session === null) {
    return (
      <Suspense>
        <SignInPage again={isDeskTaken()} />
      </Suspense>
    );
  }
  if (error) return <FailedPage onRetry={() => void refetch()} busy={isFetching} />;
  // One answer away from knowing; an empty ground is calmer than something that flashes by.
  return null;
}
