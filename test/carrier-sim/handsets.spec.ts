import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { botId, hanako, Stage, taro } from './stage.js';

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.open();
});
afterEach(() => stage.close());

const heardOf = (msgId: string) => stage.bot.bodies().find((body) => body.RCSMessage.msgId === msgId);

describe('a customer', () => {
  it('writes, and sees when the message arrived and was read', async () => {
    const msgId = await stage.writes(hanako, '荷物が届きません');
    const event = await stage.bot.until(() => heardOf(msgId), 'the message');
    expect(event).toEqual({
      event: 'message',
      RCSMessage: { msgId, timestamp: expect.stringMatching(/^\d{4}-.*\.\d{3}Z$/), textMessage: '荷物が届きません' },
      messageContact: { userContact: hanako },
    });
    await expect.poll(async () => (await stage.screen(hanako))[0]?.state).toBe('delivered');
    const read = await stage.calls('PUT', `/messages/${msgId}/status`, { RCSMessage: { status: 'displayed' } });
    expect([read.status, read.body.text]).toEqual([204, '']);
    expect((await stage.screen(hanako))[0]?.state).toBe('read');
  });

  it('sends pictures, voice, places and stickers', async () => {
    const base64 = Buffer.from('bytes').toString('base64');
    await stage.acts(hanako, 'messages', { media: { name: '写真.png', mimeType: 'image/png', base64 } });
    await stage.acts(hanako, 'messages', { media: { name: 'voice.m4a', mimeType: 'audio/mp4', base64, seconds: 3 } });
    await stage.acts(hanako, 'messages', { location: { latitude: 35.68, longitude: 139.76, label: '東京駅' } });
    await stage.acts(hanako, 'messages', { sticker: 'thanks' });
    const form = new FormData();
    form.set('botId', botId);
    form.set('file', new Blob(['pdf'], { type: 'application/pdf' }), '明細.pdf');
    expect((await stage.request('POST', `/handsets/${hanako}/messages`, form)).status).toBe(201);
    await stage.bot.until(() => stage.bot.bodies('message').length === 5, 'five messages');
    const [picture, voice, place, sticker, pdf] = stage.bot.bodies('message').map((body) => body.RCSMessage);
    expect(picture?.fileMessage).toMatchObject({ fileName: '写真.png', fileMIMEType: 'image/png', fileSize: 5 });
    expect(voice?.audioMessage).toMatchObject({ fileMIMEType: 'audio/mp4', playingLength: 3 });
    expect(place?.geolocationPushMessage).toMatchObject({ pos: '35.680000 139.760000', label: '東京駅' });
    expect(sticker?.fileMessage).toMatchObject({ fileName: 'thanks.png', fileMIMEType: 'image/png' });
    expect(pdf?.fileMessage).toMatchObject({ fileName: '明細.pdf', fileSize: 3 });
    const served = await fetch((picture?.fileMessage as { fileUrl: string } | undefined)?.fileUrl ?? '');
    expect(await served.text()).toBe('bytes');
  });

  it('presses chips, begins the use, and answers what the handset is', async () => {
    await stage.acts(hanako, 'presses', { suggestion: { kind: 'start' } });
    await stage.acts(hanako, 'presses', { suggestion: { displayText: '配送', postback: 'topic:delivery' } });
    const wire = { action: { urlAction: {}, displayText: '開く', postback: { data: 'open' } } };
    await stage.acts(hanako, 'presses', { suggestion: wire });
    await stage.acts(hanako, 'presses', { suggestion: { kind: 'device' } });
    await stage.bot.until(() => stage.bot.heard.length === 4, 'four presses');
    const [start, reply, action, device] = stage.bot.bodies();
    const response = (body?: { RCSMessage: object }) =>
      body?.RCSMessage as { suggestedResponse?: { response: object } };
    expect(start).toMatchObject({ event: 'newUser' });
    expect(response(start).suggestedResponse?.response).toMatchObject({
      reply: { postback: { data: 'new_bot_user_initiation' } },
    });
    expect(reply?.event).toBe('response');
    expect(response(reply).suggestedResponse?.response).toEqual({
      reply: { displayText: '配送', postback: { data: 'topic:delivery' } },
    });
    expect(response(action).suggestedResponse?.response).toEqual({
      action: { displayText: '開く', postback: { data: 'open' } },
    });
    expect(device?.RCSMessage.sharedData).toMatchObject({ deviceSpecifics: { platformVersion: expect.any(String) } });
  });

  it('types, and sees the agent type until the message comes', async () => {
    await stage.acts(hanako, 'typing', { active: true });
    const typing = await stage.bot.until(() => stage.bot.bodies('isTyping')[0], 'typing');
    expect(typing.RCSMessage.isTyping).toBe('active');
    const agentTyping = async () => {
      const answer: unknown = (await stage.request('GET', `/handsets/${hanako}/messages?botId=${botId}`)).body;
      return (answer as { agentTyping: boolean }).agentTyping;
    };
    expect((await stage.sends({ isTyping: 'active' })).status).toBe(202);
    expect(await agentTyping()).toBe(true);
    await stage.says('お待たせしました');
    await expect.poll(agentTyping).toBe(false);
  });

  it('who hides read marks tells none and sees none', async () => {
    await stage.sets(hanako, { receipts: false });
    const own = await stage.writes(hanako, 'もしもし');
    const theirs = await stage.says('はい');
    await stage.bot.until(() => stage.bot.statuses(theirs).includes('delivered'), 'delivered');
    expect((await stage.calls('PUT', `/messages/${own}/status`, { RCSMessage: { status: 'displayed' } })).status).toBe(
      204,
    );
    expect((await stage.acts(hanako, 'read', {})).body.read).toBe(1);
    const later = await stage.says('またどうぞ');
    await stage.bot.until(() => stage.bot.statuses(later).includes('delivered'), 'the next one');
    expect(stage.bot.statuses(theirs)).toEqual(['sent', 'delivered']);
    expect((await stage.screen(hanako)).map(({ state }) => state)).toEqual(['delivered', 'delivered', 'delivered']);
    const { handsets } = (await stage.request('GET', '/handsets')).body;
    expect(handsets[0]?.threads[0]?.unread).toBe(1);
  });

  it('reads up to one message only', async () => {
    const ids = [await stage.says('1'), await stage.says('2'), await stage.says('3')];
    await stage.bot.until(() => ids.every((id) => stage.bot.statuses(id).includes('delivered')), 'all delivered');
    const [first] = await stage.screen(hanako);
    expect((await stage.acts(hanako, 'read', { upTo: first?.id })).body.read).toBe(1);
    expect((await stage.screen(hanako)).map(({ state }) => state)).toEqual(['displayed', 'delivered', 'delivered']);
    expect((await stage.acts(hanako, 'read', { upTo: 'nothing' })).status).toBe(404);
  });

  it('who hides the number is known by a word, until the number is shown', async () => {
    await stage.sets(hanako, { anonymous: true });
    await stage.writes(hanako, '内緒です');
    const event = await stage.bot.until(() => stage.bot.bodies('message')[0], 'the message');
    const chatId = event.messageContact?.chatId ?? '';
    expect(event.messageContact).toEqual({ chatId: expect.stringMatching(/^chat-/) });
    const msgId = await stage.says('承知しました', { chatId });
    await stage.bot.until(() => stage.bot.statuses(msgId).includes('delivered'), 'delivered');
    expect(stage.bot.bodies('messageStatus').at(-1)?.messageContact).toEqual({ chatId });
    await stage.sets(hanako, { anonymous: false });
    const alias = await stage.bot.until(() => stage.bot.bodies('alias')[0], 'the alias');
    expect(alias.messageContact).toEqual({ userContact: hanako, chatId });
  });
});

describe('a line', () => {
  it('without +Message refuses with 404, one that stopped the use with 410', async () => {
    await stage.sets(hanako, { plusMessage: false });
    await stage.sets(taro, { optedOut: true });
    const [none, left] = [
      await stage.sends({ textMessage: 'x' }),
      await stage.sends({ textMessage: 'x' }, { userContact: taro }),
    ];
    expect([none.status, none.body.error.status]).toEqual([404, 'rcs_disabled']);
    expect([left.status, left.body.error.status]).toEqual([410, 'opted_out']);
    expect((await stage.acts(hanako, 'messages', { text: 'x' })).status).toBe(409);
  });

  it('that blocked the account takes messages and never delivers them, even later', async () => {
    await stage.sets(hanako, { blocked: true });
    const msgId = await stage.says('見えますか');
    await stage.bot.until(() => stage.bot.statuses(msgId).includes('sent'), 'sent');
    await stage.sets(hanako, { blocked: false, offline: true });
    await stage.sets(hanako, { offline: false });
    const next = await stage.says('今は見えますね');
    await stage.bot.until(() => stage.bot.statuses(next).includes('delivered'), 'the next one');
    expect(stage.bot.statuses(msgId)).toEqual(['sent']);
    expect((await stage.screen(hanako)).map(({ id }) => id)).toEqual([next]);
  });

  it('without signal holds messages of both sides and lets them go in order', async () => {
    await stage.sets(hanako, { offline: true });
    const theirs = [await stage.says('一'), await stage.says('二')];
    const own = [await stage.writes(hanako, 'A'), await stage.writes(hanako, 'B')];
    await stage.bot.until(() => theirs.every((id) => stage.bot.statuses(id).includes('sent')), 'sent');
    expect((await stage.screen(hanako)).map(({ id, state }) => [id, state])).toEqual(own.map((id) => [id, 'waiting']));
    expect(stage.bot.bodies('message')).toEqual([]);
    await stage.sets(hanako, { offline: false });
    await stage.bot.until(() => stage.bot.bodies('message').length === 2, 'both own messages');
    expect(stage.bot.bodies('message').map((body) => body.RCSMessage.msgId)).toEqual(own);
    const delivered = stage.bot.bodies('messageStatus').filter((body) => body.RCSMessage.status === 'delivered');
    expect(delivered.map((body) => body.RCSMessage.msgId)).toEqual(theirs);
  });

  it('lets a message be taken back before delivery only', async () => {
    const gone = await stage.says('届いた');
    await stage.bot.until(() => stage.bot.statuses(gone).includes('delivered'), 'delivered');
    await stage.sets(hanako, { offline: true });
    const held = await stage.says('まだ');
    const cancel = (id: string, status: string) =>
      stage.calls('PUT', `/messages/${id}/status`, { RCSMessage: { status } });
    expect((await cancel(gone, 'cancelled')).status).toBe(409);
    for (const word of ['canceled', 'cancelled']) expect((await cancel(held, word)).status).toBe(204);
    expect((await cancel('unknown', 'cancelled')).status).toBe(404);
    expect((await cancel(held, 'what')).status).toBe(400);
    await stage.sets(hanako, { offline: false });
    await stage.bot.until(() => stage.bot.statuses(held).includes('cancelled'), 'cancelled');
    expect((await stage.screen(hanako)).map(({ id }) => id)).toEqual([gone]);
  });

  it('lets a message expire that could not be delivered in time', async () => {
    await stage.sets(hanako, { offline: true });
    const expiry = new Date(Date.now() + 100).toISOString();
    const { msgId } = (await stage.sends({ textMessage: '本日限り', expiry })).body.RCSMessage;
    await stage.bot.until(() => stage.bot.statuses(msgId).includes('cancelled'), 'cancelled');
    await stage.sets(hanako, { offline: false });
    expect(await stage.screen(hanako)).toEqual([]);
  });
});

describe('bad input at the handset doors', () => {
  it.each<[string, string, string, unknown, string]>([
    ['no number', 'PUT', '/handsets/09011112222', {}, 'msisdn'],
    ['a word for a number', 'PUT', '/handsets/hanako', {}, 'msisdn'],
    ['an unknown carrier', 'PUT', `/handsets/${hanako}`, { carrier: 'ntt' }, 'carrier'],
    ['a switch that is a word', 'PUT', `/handsets/${hanako}`, { offline: 'yes' }, 'offline'],
    ['a wrong fault', 'PUT', `/handsets/${hanako}`, { faults: { status429: -1 } }, 'faults.status429'],
    ['no body', 'POST', `/handsets/${hanako}/messages`, undefined, 'body'],
    ['no bot', 'POST', `/handsets/${hanako}/messages`, { text: 'x' }, 'botId'],
    ['an unknown bot', 'POST', `/handsets/${hanako}/messages`, { botId: 'x', text: 'x' }, 'botId'],
    ['no content', 'POST', `/handsets/${hanako}/messages`, { botId }, 'text'],
    ['two contents', 'POST', `/handsets/${hanako}/messages`, { botId, text: 'x', sticker: 'ok' }, 'text'],
    ['too long a text', 'POST', `/handsets/${hanako}/messages`, { botId, text: 'x'.repeat(2731) }, 'text'],
    ['an unknown sticker', 'POST', `/handsets/${hanako}/messages`, { botId, sticker: 'cat' }, 'sticker'],
    [
      'a place without a number',
      'POST',
      `/handsets/${hanako}/messages`,
      { botId, location: { latitude: 1 } },
      'location.longitude',
    ],
    [
      'media without bytes',
      'POST',
      `/handsets/${hanako}/messages`,
      { botId, media: { name: 'x', mimeType: 'a/b' } },
      'media.base64',
    ],
    [
      'no label',
      'POST',
      `/handsets/${hanako}/presses`,
      { botId, suggestion: { postback: 'x' } },
      'suggestion.displayText',
    ],
    ['an unknown fault', 'PUT', '/faults', { slow: 3 }, 'slow'],
    ['a bot without an address', 'PUT', '/bots/new', { name: 'n', token: 't' }, 'webhookUrl'],
    ['a bot nobody can be', 'PUT', '/bots/new', { name: 'n', webhookUrl: 'http://127.0.0.1:1/' }, 'token'],
    ['a wrong since', 'GET', '/ledger?since=yesterday', undefined, 'since'],
  ])('%s is refused with the field named', async (_what, method, path, body, field) => {
    const answer = await stage.request(method, path, body);
    expect([400, 404]).toContain(answer.status);
    expect(answer.body.error.fields.map((each) => each.field)).toContain(field);
  });

  it('another site may not use them', async () => {
    const answer = await stage.request('PUT', `/handsets/${hanako}`, {}, { 'sec-fetch-site': 'cross-site' });
    expect(answer.status).toBe(403);
  });
});
