/** What a browser says about where a request comes from; programs say nothing. */
export interface Source {
  origin: string | undefined;
  secFetchSite: string | undefined;
  host: string | undefined;
}

/**
 * May this request change something? A page of somebody else could make a browser send it with the cookie of whoever
 * looks at that page. Browsers say where a request comes from and pages cannot forge it; a request that says nothing
 * was made by a program, which has no other person's cookie.
 */
export function isOurOwn({ origin, secFetchSite, host }: Source, publicUrl: string): boolean {
  if (secFetchSite !== undefined && ['same-origin', 'none'].includes(secFetchSite)) return true;
  if (origin === undefined) return secFetchSite === undefined;
  if (!URL.canParse(origin)) return false;
  const from = new URL(origin);
  return from.origin === new URL(publicUrl).origin || from.host === host;
}
