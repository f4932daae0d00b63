import { Controller, Get, Header, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { Inbox } from '#libs/conversations/index.js';
import { Public } from '#libs/platform/access/index.js';
import { Jobs } from '#libs/platform/jobs/index.js';
import { Announcements } from '#libs/platform/realtime/index.js';
import { Metrics } from '#libs/platform/telemetry/index.js';

const DATABASE_LIMIT_MS = 1000;

/** For load balancers and monitoring; no person, no secret. */
@ApiExcludeController()
@Public()
@Controller()
export class HealthController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly announcements: Announcements,
    private readonly inbox: Inbox,
    private readonly jobs: Jobs,
    private readonly metrics: Metrics,
  ) {}

  /** The process lives. */
  @Get('healthz')
  alive(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /**
   * It can take work: the database answers, other nodes are heard, what comes in is not piling up, and jobs are run where
   * that is this node's role.
   */
  @Get('readyz')
  async ready(@Res() reply: FastifyReply): Promise<void> {
    const started = performance.now();
    const database = await this.databaseAnswers();
    const checks = {
      database: database ? 'ok' : 'down',
      databaseMs: Math.round(performance.now() - started),
      listener: this.announcements.listening ? 'ok' : 'down',
      inboxWaiting: this.inbox.waiting,
      inbox: this.inbox.accepting ? 'ok' : 'full',
      jobs: !this.jobs.wanted ? 'elsewhere' : this.jobs.running ? 'ok' : 'down',
    };
    const ready = database && this.announcements.listening && this.inbox.accepting && checks.jobs !== 'down';
    await reply.status(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready', checks });
  }

  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  numbers(): Promise<string> {
    return this.metrics.registry.metrics();
  }

  private async databaseAnswers(): Promise<boolean> {
    let late: NodeJS.Timeout | undefined;
    try {
      const limit = new Promise<false>((resolve) => {
        late = setTimeout(() => resolve(false), DATABASE_LIMIT_MS);
      });
      return await Promise.race([this.dataSource.query('select 1').then(() => true), limit]);
    } catch {
      return false;
    } finally {
      clearTimeout(late);
    }
  }
}
