import { Injectable } from '@nestjs/common';
import { errorCodes } from '#libs/contracts/index.js';
import { AppError } from '#libs/platform/telemetry/index.js';
import type { InboundEvent } from './inbound-event.js';

export interface InboundHandler {
  /**
   * Resolves once everything is committed: the carrier hears 2xx right after and will not come back. Rejecting makes
   * the carrier repeat the webhook; reject with an `AppError` of status 503 to name the pause.
   * @returns the events that can never be stored, however often they come: they are kept as they came
   */
  receive(events: InboundEvent[]): Promise<InboundEvent[] | void>;
}

/**
 * The hook through which the lib above hears what came in.
 *
 * @example
 * ```ts
 * onModuleInit() { this.inboundHandlers.register(this.inbox); }
 * ```
 */
@Injectable()
export class InboundHandlers {
  private handler: InboundHandler | null = null;

  /** Once, at start. A second handler would take the first one's messages away, so it throws. */
  register(handler: InboundHandler): void {
    if (this.handler !== null) throw new Error('Inbound events already have a handler.');
    this.handler = handler;
  }

  async receive(events: InboundEvent[]): Promise<InboundEvent[]> {
    if (this.handler === null)
      throw new AppError(503, errorCodes.busy, 'The console is still starting.', { retryAfterSeconds: 1 });
    return (await this.handler.receive(events)) ?? [];
  }
}
