import { SetMetadata, createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Permission } from '#libs/contracts/index.js';
import type { SignedIn } from './signed-in.js';

export const PUBLIC = 'access:public';
export const REQUIRES = 'access:requires';

export type RequestOfPerson = FastifyRequest & { person?: SignedIn };

/** Open to everybody. Without it a route asks for a session. */
export const Public = () => SetMetadata(PUBLIC, true);

/** Open to whoever has this right. */
export const Requires = (permission: Permission) => SetMetadata(REQUIRES, permission);

/** The person who asks; only on routes that are not public. */
export const Person = createParamDecorator((_: unknown, context: ExecutionContext): SignedIn => {
  const { person } = context.switchToHttp().getRequest<RequestOfPerson>();
  if (person === undefined) throw new Error('A public route asks for the person.');
  return person;
});
