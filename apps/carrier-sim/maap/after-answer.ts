import type { FastifyReply } from 'fastify';

/** Runs once the answer has left, or at once when the caller has gone already: what was taken goes on either way. */
export function afterAnswer(reply: FastifyReply, work: () => void): void {
  if (reply.request.raw.socket.destroyed) setImmediate(work);
  else reply.raw.once('close', work);
}
