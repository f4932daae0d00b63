import type { Locale, Permission, Role, Visibility } from '#libs/contracts/index.js';

/** Who asks, and what this person may: read once per request, the same for HTTP and sockets. */
export interface SignedIn {
  agent: { id: string; name: string; email: string; role: Role; visibility: Visibility; locale: Locale };
  sessionId: string;
  /** Every account this person works in; with visibility `all`, every account there is. */
  accountIds: string[];
  permissions: ReadonlySet<Permission>;
}

/** Turns the session cookie of a request into a person; null when it is not, or no longer, worth anything. */
export type Authenticator = (cookie: string) => Promise<SignedIn | null>;
