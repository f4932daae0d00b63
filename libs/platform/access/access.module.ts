import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessGuard } from './access.guard.js';
import { Access } from './access.js';
import { SameOriginGuard } from './same-origin.guard.js';

/** Import once, at the top: from then on every route asks who is there. */
@Global()
@Module({
  providers: [Access, { provide: APP_GUARD, useClass: SameOriginGuard }, { provide: APP_GUARD, useClass: AccessGuard }],
  exports: [Access],
})
export class AccessModule {}
