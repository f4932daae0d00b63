import { randomBytes } from 'node:crypto';
import { Accounts, CarrierConnection, Connections } from '#libs/accounts/index.js';
import { Agents, DEMO_PASSWORD } from '#libs/agents/index.js';
import type { CreateAgentBody } from '#libs/contracts/index.js';
import { authorOf } from '#libs/conversations/index.js';
import { Transactions } from '#libs/platform/database/index.js';
import type { Settings } from '#libs/platform/settings/index.js';
import type { Console } from '../console.js';
import { makeTexts } from './demo-texts.js';
import { makeFaq } from './demo-faq.js';
import { makeCustomerCatalogue } from './demo-customers.js';
import { makeQueues, makeSkills, skillsOf } from './demo-queues.js';
import { tellStory } from './story.js';
import type { SimulatedBot } from './simulator-process.js';

const BOT_ID = 'demo@botplatform.example';
const NAME = '窓口トラベル';
const DESCRIPTION = '旅行の予約とサポート';

const people: Omit<CreateAgentBody, 'accountIds' | 'password'>[] = [
  { name: '中村 管理', email: 'admin@demo.example', role: 'admin', visibility: 'all' },
  { name: '小林 美穂', email: 'supervisor@demo.example', role: 'supervisor', visibility: 'all' },
  { name: '高橋 葵', email: 'aoi@demo.example', role: 'agent', visibility: 'account' },
  { name: '渡辺 蓮', email: 'ren@demo.example', role: 'agent', visibility: 'account' },
];

export interface Demo {
  isNew: boolean;
  bot: SimulatedBot;
  /** The first customers write and are answered, through the same doors as everybody. */
  tell(simulatorUrl: string): Promise<void>;
}

/** One official account with its people and queues, made on the first start and left alone afterwards. */
export async function prepareDemo(
  { app, url }: Console,
  settings: Settings,
  onStep: (text: string) => void,
): Promise<Demo> {
  const accounts = app.get(Accounts);
  const transactions = app.get(Transactions);
  const base = `http://127.0.0.1:${settings.simPort}`;
  const wire = { baseUrl: `${base}/rcs/bot/v1`, botId: BOT_ID, tokenUrl: `${base}/oauth2/v1/token` };

  const known = await demoConnection(app);
  if (!known) {
    onStep('Making the demo: an official account and its people');
    const made = await transactions.run(async (tx) => {
      const account = await accounts.create(tx, { name: NAME, description: DESCRIPTION });
      await accounts.edit(tx, account.id, { verified: true });
      await accounts.addConnection(tx, account.id, {
        wire: 'maap',
        settings: wire,
        credentials: {
          clientId: 'madoguchi-demo',
          clientSecret: randomBytes(24).toString('base64url'),
          verificationToken: randomBytes(24).toString('base64url'),
        },
      });
      const skills = await makeSkills(app, tx);
      const agentIds: string[] = [];
      let adminId = '';
      for (const person of people) {
        const { id } = await app.get(Agents).create(tx, {
          ...person,
          password: DEMO_PASSWORD,
          locale: 'ja',
          accountIds: [account.id],
          skills: skillsOf(person.email, skills),
        });
        if (person.role === 'agent') agentIds.push(id);
        if (person.role === 'admin') adminId = id;
      }
      return { accountId: account.id, agentIds, adminId, skills };
    });
    await makeQueues(app, made.accountId, made.agentIds, made.skills);
    const admin = await app.get(Agents).rightsOf(made.adminId);
    if (admin) {
      await makeTexts(app, authorOf(admin), made.accountId);
      await makeCustomerCatalogue(app, authorOf(admin), made.accountId);
      await makeFaq(app, authorOf(admin), made.accountId);
    }
  } else if (known.settings.baseUrl !== wire.baseUrl) {
    // The ports are another choice than last time.
    await transactions.run((tx) => accounts.editConnection(tx, known.accountId, known.id, { settings: wire }));
  }

  const row = await demoConnection(app);
  const connection = row && (await app.get(Connections).byId(row.id));
  if (!connection) throw new Error('The demo account has no connection; start with another DATA_DIR.');
  const { clientId, clientSecret, verificationToken } = connection.credentials;
  return {
    isNew: !known,
    bot: {
      botId: BOT_ID,
      name: NAME,
      description: DESCRIPTION,
      verified: true,
      webhookUrl: `${url}/carrier/maap/${connection.connectionKey}`,
      clientId: clientId!,
      clientSecret: clientSecret!,
      verificationToken: verificationToken!,
      menu,
    },
    tell: (simulatorUrl) => tellStory(url, simulatorUrl, BOT_ID),
  };
}

async function demoConnection(app: Console['app']): Promise<CarrierConnection | null> {
  const accounts = await app.get(Accounts).list('all');
  const connections = await app.get(Accounts).connectionsOf(accounts.map(({ id }) => id));
  return connections.find(({ settings }) => settings.botId === BOT_ID) ?? null;
}

const menu = {
  menu: {
    entries: [
      { reply: { displayText: '予約の確認', postback: { data: 'menu:booking' } } },
      { reply: { displayText: '担当者と話す', postback: { data: 'menu:person' } } },
      {
        menu: {
          displayText: 'よくある質問',
          entries: [
            { reply: { displayText: 'キャンセル料', postback: { data: 'menu:faq:cancel' } } },
            { reply: { displayText: '手荷物', postback: { data: 'menu:faq:baggage' } } },
          ],
        },
      },
    ],
  },
};
