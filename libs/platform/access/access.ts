import { Injectable } from '@nestjs/common';
import type { Authenticator, SignedIn } from './signed-in.js';

/** Knows no people itself: whoever keeps the sessions registers here, at start, how a cookie becomes a person. */
@Injectable()
export class Access {
  private authenticator: Authenticator | undefined;

  authenticateWith(authenticator: Authenticator): void {
    if (this.authenticator !== undefined) throw new Error('Two libs want to say who is signed in.');
    this.authenticator = authenticator;
  }

  async personOf(cookie: string | undefined): Promise<SignedIn | null> {
    if (this.authenticator === undefined) throw new Error('No lib says who is signed in.');
    return cookie === undefined ? null : await this.authenticator(cookie);
  }
}
