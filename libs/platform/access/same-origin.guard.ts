import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Settings } from '#libs/platform/settings/index.js';
import { forbidden } from '#libs/platform/telemetry/index.js';
import { isOurOwn } from './same-origin.js';

const reading = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses what other people's pages make a browser send. Doors outside `/api` use no cookie and are left alone. The route
 * decides, not the address as it was written: the router reads `/%61pi` as `/api`.
 */
@Injectable()
export class SameOriginGuard implements CanActivate {
  constructor(private readonly settings: Settings) {}

  canActivate(context: ExecutionContext): boolean {
    if (context.getType() !== 'http') return true;
    const { method, headers, routeOptions } = context.switchToHttp().getRequest<FastifyRequest>();
    if (reading.has(method) || routeOptions.url?.startsWith('/api/') === false) return true;
    const secFetchSite = headers['sec-fetch-site'];
    const source = {
      origin: headers.origin,
      secFetchSite: Array.isArray(secFetchSite) ? secFetchSite.join() : secFetchSite,
      host: headers.host,
    };
    if (!isOurOwn(source, this.settings.publicUrl)) throw forbidden('This request comes from another site.');
    return true;
  }
}
