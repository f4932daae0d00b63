import { createRootRoute, createRoute, createRouter, Outlet, stripSearchParams } from '@tanstack/react-router';
import { ConsoleScreen } from './console/console-screen.js';
import { searchDefaults, validateSearch } from './console/search.js';
import { FailedPage } from './session/failed-page.js';
import { SessionGate } from './session/session-gate.js';

const rootRoute = createRootRoute({
  validateSearch,
  search: { middlewares: [stripSearchParams(searchDefaults)] },
  component: () => (
    <SessionGate>
      <ConsoleScreen />
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
const botsRoute = createRoute({ getParentRoute: () => rootRoute, path: '/admin/bots' });
const settingsRoute = createRoute({ getParentRoute: () => rootRoute, path: '/settings' });
const customersRoute = createRoute({ getParentRoute: () => rootRoute, path: '/admin/customers' });
const flowsRoute = createRoute({ getParentRoute: () => rootRoute, path: '/flows' });
const flowRoute = createRoute({ getParentRoute: () => rootRoute, path: '/flows/$botId' });
const replaysRoute = createRoute({ getParentRoute: () => rootRoute, path: '/replays' });
const replayRoute = createRoute({ getParentRoute: () => rootRoute, path: '/replays/$botId/$replayId' });
const faqRoute = createRoute({ getParentRoute: () => rootRoute, path: '/admin/faq' });
const faqPlaceRoute = createRoute({ getParentRoute: () => rootRoute, path: '/admin/faq/$faqPlace' });
const cannedRoute = createRoute({ getParentRoute: () => rootRoute, path: '/canned' });
const cannedOneRoute = createRoute({ getParentRoute: () => rootRoute, path: '/canned/$cannedId' });

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    listRoute,
    conversationRoute,
    queuesRoute,
    queueRoute,
    botsRoute,
    settingsRoute,
    customersRoute,
    flowsRoute,
    flowRoute,
    replaysRoute,
    replayRoute,
    faqRoute,
    faqPlaceRoute,
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
