import { randomUUID } from 'node:crypto';
import { DEMO_PASSWORD } from '#libs/agents/index.js';
import type { ConversationPage, ConversationRow, CustomerField, LabelView } from '#libs/contracts/index.js';

interface Line {
  from: string;
  text: string;
}

const opening: Line[] = [
  { from: '+819000000001', text: 'こんにちは。来週の沖縄行きの便について教えてください。' },
  { from: '+819000000001', text: '台風の影響で欠航になった場合、振り替えはできますか？' },
  { from: '+819000000002', text: '予約番号 HT-20931 の領収書を再発行していただけますか。' },
  { from: '+819000000003', text: '集合場所がわかりません😢 地図を送ってもらえますか？' },
  { from: '+819000000004', text: '昨日キャンセルした分の返金はいつ頃になりますか。' },
];

/** What the demo shows at first sight: customers who wait, one who is being served. Told through the public doors. */
export async function tellStory(consoleUrl: string, simulatorUrl: string, botId: string): Promise<void> {
  for (const { from, text } of opening) {
    await post(`${simulatorUrl}/handsets/${encodeURIComponent(from)}/messages`, { botId, text });
  }
  const cookie = await signIn(consoleUrl, 'aoi@demo.example');
  // An agent sees only the ends of their numbers.
  const lookingOn = await signIn(consoleUrl, 'supervisor@demo.example');
  const rows = await waitForRows(consoleUrl, lookingOn, new Set(opening.map(({ from }) => from)));
  const served = rows.find((row) => row.customer.phone === '+819000000002');
  if (!served) return;
  await post(`${consoleUrl}/api/conversations/${served.id}/assign`, { agentId: 'me' }, cookie);
  await introduce(consoleUrl, served, cookie);
  await post(
    `${consoleUrl}/api/conversations/${served.id}/messages`,
    {
      clientId: randomUUID(),
      content: {
        type: 'text',
        text: 'お問い合わせありがとうございます。窓口トラベルの高橋です。\n領収書の宛名はどのようにいたしましょうか。',
        suggestions: [
          { kind: 'reply', label: '個人名のまま', payload: 'receipt:person' },
          { kind: 'reply', label: '会社名にする', payload: 'receipt:company' },
        ],
      },
    },
    cookie,
  );
}

/** Somebody who is known already: what the panel is for. */
async function introduce(consoleUrl: string, { id, customer }: ConversationRow, cookie: string): Promise<void> {
  const ask = async <T>(path: string): Promise<T> =>
    (await (await fetch(`${consoleUrl}/api/${path}`, { headers: { cookie } })).json()) as T;
  const [labels, fields] = [await ask<LabelView[]>('labels'), await ask<CustomerField[]>('customer-fields')];
  const known: Record<string, string> = { member_no: 'MT-204418', rank: 'ゴールド', points: '12400' };
  const values = Object.fromEntries(
    fields.flatMap((field) => (known[field.key] === undefined ? [] : [[field.id, known[field.key]]])),
  );
  const person = { name: '田中 美咲', kana: 'たなか みさき', language: 'ja', values };
  await post(`${consoleUrl}/api/customers/${customer.id}`, person, cookie, 'PATCH');
  await post(
    `${consoleUrl}/api/customers/${customer.id}/notes`,
    { text: '折り返しは平日の18時以降をご希望。' },
    cookie,
  );
  const add = labels.filter(({ name }) => name === '要折り返し').map((label) => label.id);
  await post(`${consoleUrl}/api/conversations/${id}/labels`, { add }, cookie, 'PUT');
}

async function signIn(consoleUrl: string, email: string): Promise<string> {
  const answer = await post(`${consoleUrl}/api/session`, { email, password: DEMO_PASSWORD });
  return answer.headers.getSetCookie()[0]!.split(';')[0]!;
}

/** The carrier delivers in its own time: ask until everybody has arrived, half a minute at most. */
async function waitForRows(consoleUrl: string, cookie: string, phones: Set<string>): Promise<ConversationRow[]> {
  const giveUp = Date.now() + 30_000;
  for (;;) {
    const answer = await fetch(`${consoleUrl}/api/conversations?view=all`, { headers: { cookie } });
    const { rows } = (await answer.json()) as ConversationPage;
    const here = rows.filter((row) => row.customer.phone !== null && phones.has(row.customer.phone));
    if (here.length === phones.size || Date.now() > giveUp) return here;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function post(url: string, body: object, cookie?: string, method = 'POST'): Promise<Response> {
  const headers = { 'content-type': 'application/json', ...(cookie ? { cookie } : {}) };
  const asked: RequestInit = { method, headers, body: JSON.stringify(body) };
  const answer = await fetch(url, asked);
  if (!answer.ok) throw new Error(`${new URL(url).pathname} answered ${answer.status}`);
  return answer;
}
