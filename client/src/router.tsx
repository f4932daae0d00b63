import { createRootRoute, createRoute, createRouter, Outlet, stripSearchParams } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { searchDefaults, validateSearch } from './console/search.js';
import { FailedPage } from './session/failed-page.js';
import { SessionGate } from './session/session-gate.js';

// Asked for at once, so that it travels beside the answer who is signed in; the sign-in page does not wait for it.
const screen = import('./console/console-screen.js');
const ConsoleScreen = lazy(() => screen.then((module) => ({ default: module.ConsoleScreen })));

const rootRoute = createRootRoute({
  validateSearch,
  search: { middlewares: [stripSearchParams(searchDefaults)] },
  component: () => (
    <SessionGate>
      <Suspense>
        <ConsoleScreen />
      </Suspense>
      <Outlet />
    </SessionGate>
  ),
  // An address that means nothing is the list.
  notFoundComponent: () => null,
});

const listRoute = createRoute({ getParentRoute: () => rootRoute, path: '/' });
const conversationRoute = createRoute({ getParentRoute: () => rootRoute, path: '/c/$conversationId' });
const queuesRoute = createRoute({ getParentRoute: () => rootRoute, path: '/admin/queues' });
const queueRoute = createRoute({ getParentRoute: () => rootRoute, path: '/admin/queues/$queueId' });
const customersRoute = createRoute({ getParentRoute: () => rootRoute, path: '/admin/customers' });
const cannedRoute = createRoute({ getParentRoute: () => rootRoute, path: '/canned' });
const cannedOneRoute = createRoute({ getParentRoute: () => rootRoute, path: '/canned/$cannedId' });

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    listRoute,
    conversationRoute,
    queuesRoute,
    queueRoute,
    customersRoute,
    cannedRoute,
    cannedOneRoute,
  ]),
  scrollRestoration: false,
  defaultErrorComponent: () => <FailedPage onRetry={() => location.reload()} busy={false} />,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
