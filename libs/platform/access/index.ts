export { AccessModule } from './access.module.js';
export { Access } from './access.js';
export { SESSION_COOKIE, readCookie, writeCookie } from './cookies.js';
export { PUBLIC, Person, Public, REQUIRES, Requires } from './decorators.js';
export { IdPipe, isId } from './id.pipe.js';
export type { Authenticator, SignedIn } from './signed-in.js';
