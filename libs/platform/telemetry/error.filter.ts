import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { toAnswer } from './error-body.js';
import { Log } from './log.js';

/** Turns every fault into the one error shape; logs those that are ours. Also installed as Fastify's own handler. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(fault: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') throw fault;
    this.answer(
      fault,
      host.switchToHttp().getRequest<FastifyRequest>(),
      host.switchToHttp().getResponse<FastifyReply>(),
    );
  }

  answer(fault: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const bodyLimit = request.routeOptions?.bodyLimit ?? request.server.initialConfig.bodyLimit ?? 0;
    const answer = toAnswer(fault, request.id, bodyLimit);
    if (answer.ours)
      this.log.error({ err: fault, requestId: request.id, route: request.routeOptions?.url }, 'a request failed');
    if (reply.sent || reply.raw.headersSent) return;
    if (answer.retryAfterSeconds !== undefined)
      reply.header('retry-after', String(Math.ceil(answer.retryAfterSeconds)));
    reply.status(answer.status).send(answer.body);
  }
}
