import { toApiError } from '../http/api-error.js';
import { errorText } from '../i18n/i18n.js';

/** Something asked for by hand did not work: said once, quietly, in the agent's language. */
export function showFault(error: unknown): void {
  const { code } = toApiError(error);
  // The sign-in page says it already.
  if (code === 'unauthenticated') return;
  void import('@mantine/notifications').then(({ notifications }) =>
    notifications.show({ id: `fault-${code}`, color: 'red', message: errorText(code), withBorder: true }),
  );
}
