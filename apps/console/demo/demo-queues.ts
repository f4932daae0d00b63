import { Skills } from '#libs/agents/index.js';
import type { AgentSkill, CreateQueueBody } from '#libs/contracts/index.js';
import type { Tx } from '#libs/platform/database/index.js';
import { Queues } from '#libs/routing/index.js';
import type { Console } from '../console.js';

type App = Console['app'];

export interface DemoSkills {
  booking: string;
  english: string;
}

export async function makeSkills(app: App, tx: Tx): Promise<DemoSkills> {
  const skills = app.get(Skills);
  const [booking, english] = [await skills.create(tx, { name: '予約変更' }), await skills.create(tx, { name: '英語' })];
  return { booking: booking.id, english: english.id };
}

/** Who can what, by the demo's addresses. */
export function skillsOf(email: string, { booking, english }: DemoSkills): AgentSkill[] {
  if (email.startsWith('aoi@'))
    return [
      { skillId: booking, level: 5 },
      { skillId: english, level: 2 },
    ];
  if (email.startsWith('ren@'))
    return [
      { skillId: booking, level: 2 },
      { skillId: english, level: 4 },
    ];
  return [];
}

/**
 * Two queues, always open. Customers begin in the first; the second is where one is transferred to. Nobody is ready until she
 * presses 受付可, so the first customers wait until then.
 */
export async function makeQueues(
  app: App,
  accountId: string,
  agentIds: readonly string[],
  { english }: DemoSkills,
): Promise<void> {
  const members = agentIds.map((agentId) => ({ agentId, rank: 1, delaySeconds: 0 }));
  const shared: Partial<CreateQueueBody> = { members, offerSeconds: 30, wrapUpSeconds: 30 };
  const queues = app.get(Queues);
  await queues.create({
    ...shared,
    name: '旅行サポート',
    description: '予約、変更、キャンセル、当日のご案内',
    accountIds: [accountId],
    sticky: { days: 7, waitFullSeconds: 20, waitAbsentSeconds: 0 },
    dispositions: [
      { id: 'booking', name: '予約・変更', active: true },
      { id: 'refund', name: 'キャンセル・返金', active: true },
      { id: 'today', name: '当日の案内', active: true },
      { id: 'other', name: 'その他', active: true },
    ],
  });
  await queues.create({
    ...shared,
    name: '英語デスク',
    description: '英語でのお問い合わせ',
    strategy: 'bestSkill',
    // After a minute somebody who knows a little is better than nobody.
    skillSteps: [
      { afterSeconds: 0, need: [{ skillId: english, level: 3 }] },
      { afterSeconds: 60, need: [] },
    ],
  });
}
