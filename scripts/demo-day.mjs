import { eventually } from './throwaway-house.mjs';

const misaki = '+819000000003';
const others = [
  {
    phone: '+819000000011',
    name: '中島 陽子',
    kana: 'なかじま ようこ',
    text: '座席の指定を変更したいです。窓側は空いていますか？',
  },
  {
    phone: '+819000000012',
    name: '大野 翔',
    kana: 'おおの しょう',
    text: 'ツアーの参加人数を3名から4名に増やせますか。',
  },
  {
    phone: '+819000000013',
    name: '藤井 さくら',
    kana: 'ふじい さくら',
    text: 'ありがとうございました。とても助かりました！',
  },
  { phone: '+819000000014', name: null, kana: null, text: 'パスポートの有効期限について質問です' },
];
const known = [
  { phone: '+819000000001', name: '山田 花子', kana: 'やまだ はなこ' },
  { phone: '+819000000002', name: '佐藤 健', kana: 'さとう けん' },
  { phone: misaki, name: '鈴木 美咲', kana: 'すずき みさき' },
  { phone: '+819000000004', name: '田中 一郎', kana: 'たなか いちろう' },
];

/**
 * A morning at the demo’s counter, told through the same doors as everybody’s: handsets write, agents answer.
 * Resolves with the conversation that is worth looking at.
 */
export async function tellDemoDay(aoi, ren, picture) {
  for (const { phone, name, text } of others) {
    await aoi.handset('PUT', phone, '', { name: name ?? '', carrier: 'docomo' });
    await aoi.handset('POST', phone, '/messages', { text });
  }
  for (const { phone, name, kana } of [...known, ...others]) {
    const row = await aoi.conversationWith(phone);
    if (name) await aoi.call('PATCH', `/api/customers/${row.customer.id}`, { name, kana });
  }
  const sakura = await aoi.conversationWith('+819000000013');
  await serves(ren, sakura);
  await says(ren, sakura.id, 'こちらこそ、ご利用ありがとうございました。良いご旅行を！');
  await ren.call('POST', `/api/conversations/${sakura.id}/close`);
  const sho = await aoi.conversationWith('+819000000012');
  await serves(ren, sho);
  await says(ren, sho.id, '空席を確認しております。少々お待ちください。');
  await aoi.handset('PUT', '+819000000005', '', { plusMessage: false });
  const [{ id: accountId }] = (await aoi.call('GET', '/api/session')).accounts;
  const aoiIto = await aoi.call('POST', '/api/conversations', { accountId, phone: '+819000000005', name: '伊藤 葵' });
  await says(aoi, aoiIto.conversation.id, 'ご予約の確認書をお送りしました。');
  return tellMisaki(aoi, ren, picture);
}

async function tellMisaki(aoi, ren, picture) {
  await serves(aoi, await aoi.conversationWith('+819000000002'));
  const row = await aoi.conversationWith(misaki);
  const { id } = row;
  await serves(aoi, row);
  await says(
    aoi,
    id,
    'お問い合わせありがとうございます。窓口トラベルの高橋です。\nいまいらっしゃる場所を教えていただけますか。',
  );
  await arrives(aoi, 1);
  await aoi.handset('POST', misaki, '/messages', {
    location: { latitude: 26.20645, longitude: 127.6465, label: '那覇空港 到着口' },
  });
  await aoi.handset('POST', misaki, '/messages', {
    media: { name: '到着口.png', mimeType: 'image/png', base64: picture.toString('base64') },
  });
  await aoi.handset('POST', misaki, '/messages', { text: 'この看板の前にいます。' });
  await eventually(async () => {
    const { messages } = await aoi.call('GET', `/api/conversations/${id}/messages`);
    return (
      messages.some(({ content }) => content.type === 'media' && content.state === 'ready') && messages.length >= 6
    );
  }, 'the picture');
  await ren.call('POST', `/api/conversations/${id}/notes`, {
    clientId: crypto.randomUUID(),
    text: '送迎バスは 11:20 発。乗り遅れた場合、次は 12:00 です。',
  });
  await says(
    aoi,
    id,
    'ありがとうございます。看板を背に右へ進むと、3番乗り場に黄色いバスが見えます。11時20分の便にお席をお取りしますか？',
    ['はい、お願いします', '次の便にします'],
  );
  await arrives(aoi, 2);
  await aoi.handset('POST', misaki, '/read', {});
  await aoi.handset('POST', misaki, '/presses', {
    suggestion: { displayText: 'はい、お願いします', postback: 'はい、お願いします' },
  });
  await hears(aoi, id, 'press');
  await says(aoi, id, '承知しました。運転士に伝えました。お気をつけてお越しください。');
  await arrives(aoi, 3);
  await aoi.handset('POST', misaki, '/read', {});
  await aoi.handset('PUT', misaki, '', { plusMessage: false });
  await says(aoi, id, 'バスの現在地はこちらでもご覧いただけます。https://bus.example.jp/naha');
  await eventually(async () => {
    const { messages } = await aoi.call('GET', `/api/conversations/${id}/messages`);
    return messages.some(({ delivery }) => delivery?.state === 'failed');
  }, 'the message that does not arrive');
  await aoi.handset('PUT', misaki, '', { plusMessage: true });
  await aoi.handset('POST', misaki, '/messages', { text: '見つけました！ありがとうございます😊' });
  await eventually(async () => (await aoi.conversationWith(misaki)).lastMessage.author === 'customer', 'her thanks');
  const { conversation } = await aoi.call('GET', `/api/conversations/${id}`);
  await aoi.call('POST', `/api/conversations/${id}/read`, { upTo: conversation.lastSeq });
  return { id, phone: misaki };
}

async function serves(desk, { id, lastSeq }) {
  await desk.call('POST', `/api/conversations/${id}/assign`, { agentId: 'me' });
  await desk.call('POST', `/api/conversations/${id}/read`, { upTo: lastSeq });
}

function hears(desk, id, type) {
  return eventually(async () => {
    const { messages } = await desk.call('GET', `/api/conversations/${id}/messages`);
    return messages.some(({ content }) => content.type === type);
  }, `a ${type}`);
}

function says(desk, id, text, chips = []) {
  return desk.call('POST', `/api/conversations/${id}/messages`, {
    clientId: crypto.randomUUID(),
    content: {
      type: 'text',
      text,
      ...(chips.length ? { suggestions: chips.map((label) => ({ kind: 'reply', label, payload: label })) } : {}),
    },
  });
}

function arrives(desk, count) {
  return eventually(async () => {
    const path = `/messages?botId=${encodeURIComponent(desk.botId)}`;
    const { messages } = await desk.handset('GET', misaki, path);
    return messages.filter(({ from }) => from === 'bot').length >= count;
  }, `${count} messages on the handset`);
}
