import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Permission } from '#libs/contracts/index.js';
import { errorCodes } from '#libs/contracts/index.js';
import { AppError, forbidden } from '#libs/platform/telemetry/index.js';
import { Access } from './access.js';
import { SESSION_COOKIE, readCookie } from './cookies.js';
import { PUBLIC, REQUIRES } from './decorators.js';
import type { RequestOfPerson } from './decorators.js';

/** In front of every route: a session unless it is public, and the right that it requires. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly access: Access,
    private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    // Sockets were asked for their session before they connected.
    if (context.getType() !== 'http') return true;
    const marks = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(PUBLIC, marks) === true) return true;

    const request = context.switchToHttp().getRequest<RequestOfPerson>();
    const person = await this.access.personOf(readCookie(request.headers.cookie, SESSION_COOKIE));
    if (person === null) throw new AppError(401, errorCodes.unauthenticated, 'There is no valid session: sign in.');
    const required = this.reflector.getAllAndOverride<Permission | undefined>(REQUIRES, marks);
    if (required !== undefined && !person.permissions.has(required))
      throw forbidden(`This needs the right ${required}.`);
    request.person = person;
    return true;
  }
}
