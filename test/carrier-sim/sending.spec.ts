import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { botId, hanako, Stage, taro } from './stage.js';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage.close());

describe('letting a bot in', () => {
  it('takes the static token on both roots and refuses every other one', async () => {
    const body = { RCSMessage: { textMessage: 'やあ' }, messageContact: { userContact: hanako } };
    const bearer = { authorization: 'Bearer static-token' };
    const encoded = botId.replace('@', '%40');
    for (const path of [
      `/rcs/bot/v1/${botId}/messages`,
      `/bot/v1/${encoded}/messages`,
      `/bot/v1/${botId}/messages/async`,
    ]) {
      expect((await stage.request('POST', path, body, bearer)).status).toBe(202);
      for (const headers of [{}, { authorization: 'Bearer wrong' }, { authorization: 'static-token' }]) {
        const refused = await stage.request('POST', path, body, headers as Record<string, string>);
        expect(refused.status).toBe(401);
        expect(refused.body.error).toMatchObject({ code: 401, details: [] });
      }
    }
    expect((await stage.request('POST', '/bot/v1/nobody/messages', body, bearer)).status).toBe(403);
  });

  it('grants tokens for client credentials, renews them, and refuses what is wrong', async () => {
    const basic = (pair: string) => ({ authorization: `Basic ${Buffer.from(pair).toString('base64')}` });
    const form = (words: Record<string, string>) => new URLSearchParams({ scope: 'botmessage', ...words });
    const good = basic(`${botId}:the:secret`);
    const token = await stage.request('POST', '/oauth2/v1/token', form({ grant_type: 'client_credentials' }), good);
    expect(token.body).toMatchObject({ token_type: 'Bearer', expires_in: 3600 });
    expect((await stage.calls('GET', '/contactCapabilities?chatId=x', undefined, token.body.access_token)).status).toBe(
      404,
    );

    const renewal = form({ grant_type: 'refresh_token', refresh_token: token.body.refresh_token });
    const renewed = await stage.request('POST', '/oauth2/v1/token', renewal, good);
    expect(renewed.status).toBe(200);
    expect(renewed.body.access_token).not.toBe(token.body.access_token);
    expect((await stage.request('POST', '/oauth2/v1/token', renewal, good)).status).toBe(401);
    expect((await stage.request('POST', '/oauth2/v1/token', renewal, basic(`${botId}:wrong`))).status).toBe(401);
    expect((await stage.request('POST', '/oauth2/v1/token', form({ grant_type: 'password' }), good)).status).toBe(400);
  });

  it('refuses a fetched token once it has expired', async () => {
    const short = await Stage.open({}, { tokenSeconds: 1 });
    const headers = { authorization: `Basic ${Buffer.from(`${botId}:the:secret`).toString('base64')}` };
    const granted = await short.request('POST', '/auth/oauth/token?grant_type=client_credentials', undefined, headers);
    const ask = () =>
      short.calls('GET', `/contactCapabilities?userContact=%2B819011112222`, undefined, granted.body.access_token);
    expect((await ask()).status).toBe(200);
    await expect.poll(async () => (await ask()).status, { timeout: 3_000 }).toBe(401);
    await short.close();
  });
});

describe('a send', () => {
  it('is answered 202 with an id and reported as it goes', async () => {
    const answer = await stage.sends({ textMessage: 'ご用件をお選びください' });
    expect(answer.status).toBe(202);
    expect(answer.body).toEqual({ RCSMessage: { msgId: expect.any(String), status: 'pending' } });
    const { msgId } = answer.body.RCSMessage;
    await stage.bot.until(() => stage.bot.statuses(msgId).length >= 2, 'sent and delivered');
    expect(stage.bot.statuses(msgId)).toEqual(['sent', 'delivered']);
    expect(stage.bot.heard.at(-1)).toMatchObject({
      authorization: 'the-word',
      body: { event: 'messageStatus', messageContact: { userContact: hanako } },
    });
    expect((await stage.acts(hanako, 'read', {})).body.read).toBeGreaterThan(0);
    await stage.bot.until(() => stage.bot.statuses(msgId).includes('displayed'), 'displayed');
    const status = await stage.calls('GET', `/messages/${msgId}/status`);
    expect(status.body.RCSMessage).toMatchObject({ msgId, status: 'displayed', timestamp: expect.any(String) });
  });

  it('shows every kind of content and chip on the phone', async () => {
    const media = {
      mediaUrl: 'https://shop.example/a.png',
      mediaContentType: 'image/png',
      mediaFileSize: 10,
      height: 'MEDIUM_HEIGHT',
    };
    const reply = { reply: { displayText: '配送', postback: { data: 'topic:delivery' } } };
    const sends = [
      { textMessage: 'a', suggestedChipList: { suggestions: [reply] } },
      {
        fileMessage: {
          fileUrl: 'https://shop.example/b.pdf',
          fileName: 'b.pdf',
          fileMIMEType: 'application/pdf',
          fileSize: 9,
        },
      },
      { audioMessage: { fileUrl: 'https://shop.example/c.mp3', playingLength: 12 } },
      { geolocationPushMessage: { pos: '35.681236 139.767125', label: '東京駅' } },
      {
        richcardMessage: {
          message: {
            generalPurposeCard: {
              layout: { cardOrientation: 'VERTICAL' },
              content: { media, title: 't', suggestions: [reply] },
            },
          },
        },
      },
      {
        richcardMessage: {
          message: {
            generalPurposeCardCarousel: {
              layout: { cardWidth: 'SMALL_WIDTH' },
              content: [{ title: '1' }, { title: '2' }],
            },
          },
        },
      },
    ];
    for (const RCSMessage of sends) expect((await stage.sends(RCSMessage, { userContact: taro })).status).toBe(202);
    await expect.poll(async () => (await stage.screen(taro)).length).toBe(sends.length);
    const shown = await stage.screen(taro);
    expect(shown.map(({ content }) => content.type)).toEqual(['text', 'media', 'media', 'location', 'cards', 'cards']);
    expect(shown[0]?.suggestions).toEqual([{ kind: 'reply', label: '配送', postback: 'topic:delivery' }]);
    expect(shown[3]?.content).toEqual({
      type: 'location',
      latitude: 35.681236,
      longitude: 139.767125,
      label: '東京駅',
    });
    expect(shown[5]?.content).toMatchObject({ carousel: true, cards: [{ title: '1' }, { title: '2' }] });
  });

  it('takes null members, a dialer told twice, and chips inside a card', async () => {
    const dial = { dialPhoneNumber: { phoneNumber: '+81312345678', fallbackUrl: null } };
    const face = { displayText: '電話する', postback: { data: 'call' } };
    const malformed = [
      { action: { dialerAction: {}, ...face }, dialerAction: dial },
      { action: { dialerAction: {}, ...dial, ...face } },
      { reply: null, action: { dialerAction: dial, urlAction: null, ...face } },
    ];
    const card = { generalPurposeCard: { content: { title: 'x', media: null } }, generalPurposeCardCarousel: null };
    const number = '+818000000001';
    const answer = await stage.sends(
      { textMessage: null, richcardMessage: { message: card, suggestedChipList: { suggestions: malformed } } },
      { userContact: number, chatId: null },
    );
    expect(answer.status).toBe(202);
    await expect.poll(async () => (await stage.screen(number)).length).toBe(1);
    const [shown] = await stage.screen(number);
    expect(shown?.suggestions).toEqual(
      malformed.map(() => ({ kind: 'dial', label: '電話する', postback: 'call', detail: { phone: '+81312345678' } })),
    );
  });

  const reply = (displayText: string, data = 'x') => ({ reply: { displayText, postback: { data } } });
  const chips = (count: number) => ({ suggestions: Array.from({ length: count }, (_, index) => reply(`c${index}`)) });
  const carousel = (count: number) => ({
    richcardMessage: {
      message: { generalPurposeCardCarousel: { content: Array.from({ length: count }, () => ({ title: 't' })) } },
    },
  });
  const card = (content: object, layout = {}) => ({
    richcardMessage: { message: { generalPurposeCard: { layout, content } } },
  });
  const text = (suggestedChipList: object) => ({ textMessage: 'x', suggestedChipList });

  it.each<[string, object, number]>([
    ['2,730 characters', { textMessage: 'あ'.repeat(2730) }, 202],
    ['2,731 characters', { textMessage: 'a'.repeat(2731) }, 400],
    ['an emoji that counts as two', { textMessage: `${'a'.repeat(2729)}😀` }, 400],
    ['8,193 bytes', { textMessage: `${'あ'.repeat(2729)}é`.padEnd(2730, 'あ') + 'あ' }, 400],
    ['an empty text', { textMessage: '' }, 400],
    ['a text that is a number', { textMessage: 5 }, 400],
    ['nothing', {}, 400],
    ['two contents', { textMessage: 'x', isTyping: 'active' }, 400],
    ['an unknown typing word', { isTyping: 'maybe' }, 400],
    ['11 chips', text(chips(11)), 202],
    ['12 chips', text(chips(12)), 400],
    ['no chips in a list', text(chips(0)), 400],
    ['a label of 25', text({ suggestions: [reply('x'.repeat(25))] }), 202],
    ['a label of 26', text({ suggestions: [reply('x'.repeat(26))] }), 400],
    ['a postback of 2,049', text({ suggestions: [reply('x', 'p'.repeat(2049))] }), 400],
    ['a chip that is no object', text({ suggestions: ['x'] }), 400],
    ['an action without a kind', text({ suggestions: [{ action: { displayText: 'x' } }] }), 400],
    ['an empty dialer alone', text({ suggestions: [{ action: { displayText: 'x', dialerAction: {} } }] }), 400],
    ['a carousel of one', carousel(1), 400],
    ['a carousel of ten', carousel(10), 202],
    ['a carousel of eleven', carousel(11), 400],
    ['a card without anything', card({}), 400],
    ['a title of 201', card({ title: 'x'.repeat(201) }), 400],
    ['a description of 2,001', card({ description: 'x'.repeat(2001) }), 400],
    ['five buttons on a card', card({ title: 'x', ...chips(5) }), 400],
    ['a horizontal card without a side', card({ title: 'x' }, { cardOrientation: 'HORIZONTAL' }), 400],
    ['a place out of this world', { geolocationPushMessage: { pos: '95 10' } }, 400],
    ['a place in two members', { geolocationPushMessage: { pos: [35, 139] } }, 400],
    ['a file without an address', { fileMessage: { fileName: 'x' } }, 400],
  ])('with %s is judged', async (_what, RCSMessage, status) => {
    const answer = await stage.sends(RCSMessage);
    expect([answer.status, answer.body.error?.code]).toEqual([status, status === 202 ? undefined : status]);
  });

  it('refuses bodies that are no JSON, no object, or have no single addressee', async () => {
    const bearer = { authorization: 'Bearer static-token', 'content-type': 'application/json' };
    const post = (body: string) =>
      fetch(`${stage.simulator.url}/rcs/bot/v1/${botId}/messages`, { method: 'POST', headers: bearer, body });
    for (const body of ['{', '[]', '"x"', 'null', '', '{"RCSMessage":[]}', '{"__proto__":{"RCSMessage":{}}}']) {
      const answer = await post(body);
      expect([body, answer.status]).toEqual([body, 400]);
      expect(await answer.json()).toMatchObject({ error: { code: 400 } });
    }
    for (const contact of [
      {},
      { userContact: hanako, chatId: 'x' },
      { userContact: '090-1111-2222' },
      { userContact: '' },
    ]) {
      expect((await stage.sends({ textMessage: 'x' }, contact)).status).toBe(400);
    }
  });
});

describe('asking whether a number can be reached', () => {
  const ask = (query: string) => stage.calls('GET', `/contactCapabilities${query}`);

  it('repairs the plus sign and wants exactly one contact', async () => {
    for (const number of ['%2B819011112222', '+819011112222', '%20819011112222']) {
      const answer = await ask(`?userContact=${number}`);
      expect([number, answer.status]).toEqual([number, 200]);
      expect(answer.body.capabilities).toContain('chat');
    }
    for (const query of ['', '?userContact=%2B819011112222&chatId=x', '?userContact=abc']) {
      expect((await ask(query)).status).toBe(400);
    }
  });

  it('says 404 for a line without +Message and makes no handset by asking', async () => {
    await stage.sets('+817000000009', { plusMessage: false });
    const answer = await ask('?userContact=%2B817000000009');
    expect([answer.status, answer.body.error.status]).toEqual([404, 'rcs_disabled']);
    expect((await ask('?userContact=%2B81312345678')).status).toBe(404);
    expect((await ask('?userContact=%2B818099999999')).status).toBe(200);
    const { handsets } = (await stage.request('GET', '/handsets')).body;
    expect(handsets.map(({ msisdn }) => msisdn)).not.toContain('+818099999999');
  });
});

describe('files of a bot', () => {
  it('are pending, then ready in an event, and served with their type', async () => {
    const form = new FormData();
    form.set('fileType', 'image/png');
    form.set('until', '2099-01-01T00:00:00.000Z');
    form.set('fileContent', new Blob([Buffer.from('picture')], { type: 'image/png' }), '領収書.png');
    const put = await stage.calls('POST', '/files', form);
    expect(put.status).toBe(202);
    expect(put.body.file).toMatchObject({ status: 'pending', fileSize: 7, validity: '2099-01-01T00:00:00.000Z' });
    const { fileId, fileUrl } = put.body.file;
    const event = await stage.bot.until(
      () => stage.bot.bodies('fileStatus').find(({ file }) => file?.fileId === fileId),
      'ready',
    );
    expect(event.file).toMatchObject({ status: 'ready', fileUrl });
    const served = await fetch(fileUrl);
    expect([served.status, served.headers.get('content-type'), await served.text()]).toEqual([
      200,
      'image/png',
      'picture',
    ]);
    expect((await stage.calls('GET', `/files/${fileId}`)).body.file.status).toBe('ready');
    expect((await stage.calls('DELETE', `/files/${fileId}`)).status).toBe(204);
    expect((await stage.calls('GET', `/files/${fileId}`)).status).toBe(404);
    expect((await fetch(fileUrl)).status).toBe(404);
  });

  it('may be fetched from an address; one that cannot be fetched fails', async () => {
    const upload = async (fileUrl: string) => {
      const form = new FormData();
      form.set('fileType', 'text/css');
      form.set('fileUrl', fileUrl);
      const { fileId } = (await stage.calls('POST', '/files', form)).body.file;
      const event = await stage.bot.until(
        () => stage.bot.bodies('fileStatus').find(({ file }) => file?.fileId === fileId),
        'settled',
      );
      return event.file?.status;
    };
    expect(await upload(`${stage.simulator.url}/stickers`)).toBe('ready');
    expect(await upload(`${stage.simulator.url}/nowhere`)).toBe('failed');
  });

  it('are refused without content or with both', async () => {
    const empty = new FormData();
    empty.set('fileType', 'image/png');
    expect((await stage.calls('POST', '/files', empty)).status).toBe(400);
    expect((await stage.calls('POST', '/files', {})).status).toBe(400);
  });
});
