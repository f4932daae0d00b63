import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';

export const webhookPath = 'carrier/:wire/:connectionKey';
export const webhookBodyLimit = 1024 * 1024;

/**
 * What Nest cannot say about a route: how large a webhook's body may be, that it is JSON whatever its content type
 * claims, and that browsers' headers are not for it. Gateways send vendor types or none at all, and a 415 would cost a customer's message.
 */
@Injectable()
export class WebhookRoute {
  constructor({ httpAdapter }: HttpAdapterHost) {
    // Routes are registered after all providers were made; a process without HTTP has no adapter.
    const fastify = httpAdapter?.getInstance<FastifyInstance>();
    fastify?.addHook('onRoute', (route) => {
      if (route.url !== `/${webhookPath}`) return;
      route.bodyLimit = webhookBodyLimit;
      // Twelve headers that tell a browser what a page may do, put together anew for every message: a third of what a
      // webhook's HTTP costs, and no browser comes here.
      Object.assign(route, { helmet: false });
      route.onRequest = (request, _reply, done) => {
        if (request.method === 'POST') request.headers['content-type'] = 'application/json';
        done();
      };
    });
  }
}
