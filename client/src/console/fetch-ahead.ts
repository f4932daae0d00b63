const parts = [
  () => import('./shortcuts-dialog.js'),
  () => import('./sign-out-dialog.js'),
  () => import('../conversations/list/start-dialog.js'),
  () => import('../conversations/customer/customer-drawer.js'),
  () => import('../session/sign-in-page.js'),
  () => import('../i18n/en.js'),
];

const REST_MS = 2_000;
const AGAIN_MS = 15_000;

/**
 * What may be opened later is fetched while there is a line. Asked for without one, or after an update has taken its file
 * from the server, it would take the whole console down with it, and the words that are not sent yet.
 */
export function fetchAhead(): () => void {
  let left = false;
  const fetchAll = () => {
    Promise.all(parts.map((part) => part())).catch(() => {
      if (!left) timer = setTimeout(fetchAll, AGAIN_MS);
    });
  };
  let timer = setTimeout(fetchAll, REST_MS);
  return () => {
    left = true;
    clearTimeout(timer);
  };
}
