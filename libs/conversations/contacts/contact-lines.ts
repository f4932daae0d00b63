import { Injectable } from '@nestjs/common';
import type { Activity, ActivityContent } from '#libs/contracts/index.js';
import type { Tx } from '#libs/platform/database/index.js';
import type { Actor } from './contact-guard.js';
import type { Thread } from '../threads/thread-row.js';
import { ThreadWriter } from '../threads/thread-writer.js';

/** What people read in the thread about the contact itself. */
@Injectable()
export class ContactLines {
  constructor(private readonly threads: ThreadWriter) {}

  /** @param by null: the system */
  async write(
    tx: Tx,
    thread: Thread,
    by: Actor | null,
    activity: Activity,
    more: Pick<ActivityContent, 'agentName' | 'queueName' | 'until' | 'botName' | 'reason' | 'summary'> = {},
  ): Promise<void> {
    await this.threads.append(tx, thread, {
      kind: 'activity',
      author: by ? { kind: 'agent', id: by.agentId, name: by.name } : { kind: 'system', id: null, name: null },
      content: { type: 'activity', activity, ...more },
    });
  }
}
