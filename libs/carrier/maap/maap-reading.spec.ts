import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Connection } from '#libs/accounts/index.js';
import type { InboundMessage } from '../inbound-event.js';
import { readWebhook } from './maap-reading.js';

const connection: Connection = {
  id: '7',
  accountId: '3',
  wire: 'maap',
  connectionKey: 'key',
  settings: { baseUrl: 'https://carrier.example/rcs/bot/v1', botId: 'demo@botplatform.example' },
  credentials: {},
  active: true,
};

const phone = '+819000000001';
const messageContact = { userContact: phone };
const timestamp = '2026-01-05T03:04:05.678Z';
const at = new Date(timestamp);

function rcs(members: object): Record<string, unknown> {
  return { RCSMessage: { msgId: 'm1', timestamp, ...members }, messageContact };
}

function read(body: unknown) {
  return readWebhook(body, connection);
}

function message(body: unknown): InboundMessage {
  const { events, kept } = read(body);
  expect(kept).toEqual([]);
  expect(events).toHaveLength(1);
  return events[0] as InboundMessage;
}

const reply = (data: string, displayText = 'はい') => ({
  suggestedResponse: { response: { reply: { displayText, postback: { data } } } },
});

describe('what a customer said', () => {
  it('is a message from a number', () => {
    expect(read({ event: 'message', ...rcs({ textMessage: 'こんにちは' }) })).toEqual({
      kept: [],
      events: [
        {
          kind: 'message',
          accountId: '3',
          connectionId: '7',
          address: { kind: 'phone', phone },
          carrierMessageId: 'm1',
          content: { type: 'text', text: 'こんにちは' },
          file: null,
          channelSentAt: at,
        },
      ],
    });
  });

  it('is a message from somebody who hides the number', () => {
    const body = { ...rcs({ textMessage: 'a' }), event: 'message', messageContact: { chatId: 'opaque' } };
    expect(message(body).address).toEqual({ kind: 'chat', chatId: 'opaque' });
  });

  it.each<[string, object, InboundMessage['content']]>([
    ['reply', reply('yes'), { type: 'press', press: 'reply', label: 'はい', payload: 'yes' }],
    [
      'action',
      { suggestedResponse: { response: { action: { displayText: '地図', postback: { data: 'map' } } } } },
      { type: 'press', press: 'action', label: '地図', payload: 'map' },
    ],
    [
      'reply without a label',
      { suggestedResponse: { response: { reply: { postback: { data: 'yes' } } } } },
      { type: 'press', press: 'reply', label: 'yes', payload: 'yes' },
    ],
    [
      'start in a response',
      reply('new_bot_user_initiation', 'Start'),
      { type: 'press', press: 'start', label: 'Start', payload: 'new_bot_user_initiation' },
    ],
    [
      'shared data',
      {
        sharedData: {
          deviceSpecifics: {
            deviceModel: 'SH-54C',
            platformVersion: '14',
            clientVendor: 'JB',
            clientVersion: '1.0',
            batteryRemainingMinutes: 90,
          },
        },
      },
      { type: 'device', model: 'SH-54C', platform: '14', client: 'JB', version: '1.0', batteryMinutes: 90 },
    ],
    [
      'place',
      { geolocationPushMessage: { pos: '35.6812 139.7671', label: '東京駅' } },
      { type: 'location', latitude: 35.6812, longitude: 139.7671, label: '東京駅' },
    ],
    [
      'place with a comma',
      { geolocationPushMessage: { pos: '-35.5, 139' } },
      { type: 'location', latitude: -35.5, longitude: 139 },
    ],
    [
      'place outside the world',
      { geolocationPushMessage: { pos: '91 0' } },
      { type: 'unsupported', what: 'geolocationPushMessage' },
    ],
    [
      'place without a place',
      { geolocationPushMessage: { pos: 'here' } },
      { type: 'unsupported', what: 'geolocationPushMessage' },
    ],
    ['unknown content', { stickerMessage: { id: 1 } }, { type: 'unsupported', what: 'stickerMessage' }],
    ['text that is none', { textMessage: { a: 1 } }, { type: 'unsupported', what: 'textMessage' }],
    ['nothing', {}, { type: 'unsupported', what: 'empty' }],
    ['text that a database refuses', { textMessage: 'a\0b\ud800c' }, { type: 'text', text: 'ab\ufffdc' }],
    ['emoji', { textMessage: '👨‍👩‍👧🍣' }, { type: 'text', text: '👨‍👩‍👧🍣' }],
  ])('reads %s', (_what, members, content) => {
    expect(message({ event: 'response', ...rcs(members) }).content).toEqual(content);
  });

  it('reads a file with its thumbnail', () => {
    const fileMessage = {
      fileUrl: 'https://media.example/a/f.jpg', fileName: '写真.jpg', fileMIMEType: 'image/jpeg', fileSize: '330575',
      thumbnailUrl: 'https://media.example/a/t.jpg',
    }; // prettier-ignore
    const { content, file } = message({ event: 'message', ...rcs({ fileMessage }) });
    const media = {
      type: 'media',
      state: 'preparing',
      mediaId: null,
      name: '写真.jpg',
      mimeType: 'image/jpeg',
      size: 330575,
    };
    expect(content).toEqual(media);
    expect(file).toEqual({ url: 'https://media.example/a/f.jpg', thumbnailUrl: 'https://media.example/a/t.jpg' });
  });

  it('reads a voice message and names what has no name', () => {
    const audioMessage = { fileUrl: 'https://media.example/%E5%A3%B0.amr?x=1', playingLength: 12 };
    const { content, file } = message({ event: 'message', ...rcs({ audioMessage }) });
    expect(content).toEqual({
      type: 'media', state: 'preparing', mediaId: null, name: '声.amr', mimeType: 'application/octet-stream', size: null, seconds: 12,
    }); // prettier-ignore
    expect(file).toEqual({ url: audioMessage.fileUrl });
  });

  it.each(['file:///etc/passwd', 'javascript:alert(1)', 'f.jpg', '', 7, null])(
    'does not go for a file at %j',
    (fileUrl) => {
      const { content, file } = message({ event: 'message', ...rcs({ fileMessage: { fileUrl, fileName: 'f' } }) });
      expect(content).toMatchObject({ type: 'media', state: 'unavailable', name: 'f' });
      expect(file).toBeNull();
    },
  );

  it.each([
    ['as the standard says', rcs(reply('new_bot_user_initiation', 'Start')), 'Start'],
    ['with another postback', rcs(reply('hello', 'Start')), 'Start'],
    ['without any content', { messageContact }, ''],
  ])('knows the Start button %s', (_how, members, label) => {
    expect(message({ event: 'newUser', ...members }).content).toMatchObject({ type: 'press', press: 'start', label });
  });

  it('names a message without id by its content, whatever the order of its members', () => {
    const one = message({ event: 'newUser', RCSMessage: { timestamp, textMessage: 'a' }, messageContact });
    const again = message({ messageContact, RCSMessage: { textMessage: 'a', timestamp }, event: 'newUser' });
    const other = message({ event: 'newUser', RCSMessage: { timestamp, textMessage: 'b' }, messageContact });
    expect(one.carrierMessageId).toMatch(/^raw:[0-9a-f]{64}$/);
    expect(again.carrierMessageId).toBe(one.carrierMessageId);
    expect(other.carrierMessageId).not.toBe(one.carrierMessageId);
  });

  it('shortens an id that no index could hold, to the same name each time', () => {
    const long = message({ event: 'message', ...rcs({ msgId: 'x'.repeat(5000), textMessage: 'a' }) }).carrierMessageId;
    expect(long).toMatch(/^hash:[0-9a-f]{64}$/);
    expect(message({ event: 'message', ...rcs({ msgId: 'x'.repeat(5000), textMessage: 'b' }) }).carrierMessageId).toBe(
      long,
    );
  });

  it.each([
    ['1767582245', '2026-01-05T03:04:05.000Z'],
    [1767582245678, timestamp],
    ['2026-01-05T12:04:05.678+09:00', timestamp],
  ])('reads the time %j', (written, time) => {
    const body = { event: 'message', ...rcs({ timestamp: written, textMessage: 'a' }) };
    expect(message(body).channelSentAt?.toISOString()).toBe(time);
  });

  it.each(['yesterday', '', null, {}, '0001-01-01T00:00:00Z', '+275000-01-01T00:00:00Z', -1])(
    'has no time in %j',
    (written) => {
      expect(message({ event: 'message', ...rcs({ timestamp: written, textMessage: 'a' }) }).channelSentAt).toBeNull();
    },
  );

  it('carries an alias along when both contacts stand on a message', () => {
    const body = {
      event: 'message',
      ...rcs({ textMessage: 'a' }),
      messageContact: { userContact: phone, chatId: 'opaque' },
    };
    expect(read(body).events.map(({ kind }) => kind)).toEqual(['alias', 'message']);
  });
});

describe('an event that does not say what it is', () => {
  it.each([
    [rcs({ textMessage: 'a' }), 'message'],
    [rcs({ fileMessage: { fileUrl: 'https://media.example/f' } }), 'message'],
    [rcs(reply('yes')), 'message'],
    [rcs({ sharedData: { deviceSpecifics: {} } }), 'message'],
    [rcs({ isTyping: 'active' }), 'typing'],
    [rcs({ status: 'delivered' }), 'receipt'],
    [{ RCSMessage: { msgId: 'm' }, messageContact: { userContact: phone, chatId: 'c' } }, 'alias'],
  ])('is told by its members: %j', (body, kind) => {
    expect(read(body)).toMatchObject({ events: [{ kind }], kept: [] });
  });

  it('is a file report', () => {
    expect(read({ file: { fileId: 'f', status: 'ready' } })).toEqual({
      events: [{ kind: 'file', connectionId: '7', ref: 'f' }],
      kept: [],
    });
    expect(read({ file: { fileId: 'f', status: 'expired' } })).toEqual({
      events: [],
      kept: [{ reason: 'fileStatus' }],
    });
  });
});

describe('a report', () => {
  it.each([
    ['messageStatus', 'sent', 'sent'],
    ['messageStatus', 'delivered', 'delivered'],
    ['messageStatus', 'displayed', 'read'],
    ['message_status', 'read', 'read'],
    ['MessageStatus', 'READ', 'read'],
    ['messageStatus', 'failed', 'failed'],
    ['messageStatus', 'cancelled', 'cancelled'],
    ['messageStatus', 'canceled', 'cancelled'],
    ['messageStatus', 'revoked', 'cancelled'],
  ])('%s %s means %s', (event, word, status) => {
    const receipt = { kind: 'receipt', connectionId: '7', carrierMessageId: 'm1', status, detail: null, at };
    expect(read({ event, ...rcs({ status: word }) })).toEqual({ events: [receipt], kept: [] });
  });

  it('needs no contact and brings the reason of a failure', () => {
    const body = { event: 'messageStatus', RCSMessage: { msgId: 'm1', status: 'failed', reason: 'no route' } };
    expect(read(body)).toMatchObject({ events: [{ status: 'failed', detail: 'no route', at: null }] });
  });
});

describe('typing and aliases', () => {
  it.each([
    ['active', true],
    ['idle', false],
  ])('%s', (isTyping, active) => {
    const typing = { kind: 'typing', accountId: '3', connectionId: '7', address: { kind: 'phone', phone }, active };
    expect(read({ event: 'isTyping', ...rcs({ isTyping }) })).toEqual({ events: [typing], kept: [] });
  });

  it('an alias joins a number and a hidden one', () => {
    const body = {
      event: 'alias',
      RCSMessage: { msgId: 'm', timestamp },
      messageContact: { userContact: phone, chatId: 'c' },
    };
    const alias = { kind: 'alias', accountId: '3', connectionId: '7', phone, chatId: 'c' };
    expect(read(body)).toEqual({ events: [alias], kept: [] });
  });
});

describe('what cannot be used', () => {
  it.each<[unknown, string]>([
    [null, 'not an object'],
    ['text', 'not an object'],
    [[{ event: 'message' }], 'not an object'],
    [{}, 'no event'],
    [{ event: 'healthProbe' }, 'unknown event healthprobe'],
    [{ event: 'serviceCapabilities', ...rcs({ textMessage: 'a' }) }, 'unknown event servicecapabilities'],
    [{ event: 7 }, 'unknown event number'],
    [{ event: '__proto__' }, 'unknown event proto'],
    [{ event: 'message', messageContact }, 'message without RCSMessage'],
    [{ event: 'message', RCSMessage: { textMessage: 'a' } }, 'no contact'],
    [
      { event: 'message', ...rcs({ textMessage: 'a' }), messageContact: { userContact: 'nobody' } },
      'no number in userContact',
    ],
    [{ event: 'message', ...rcs({ textMessage: 'a' }), messageContact: { userContact: [phone, phone] } }, 'group'],
    [{ event: 'message', ...rcs({ textMessage: 'a' }), messageContact: { userContact: phone, groupId: 'g' } }, 'group'],
    [{ event: 'messageStatus', RCSMessage: { status: 'sent' } }, 'messageStatus without msgId'],
    [{ event: 'messageStatus', ...rcs({ status: 'pending' }) }, 'messageStatus pending'],
    [{ event: 'messageStatus', ...rcs({ status: 'constructor' }) }, 'messageStatus constructor'],
    [{ event: 'isTyping', ...rcs({ isTyping: 'maybe' }) }, 'isTyping neither active nor idle'],
    [{ event: 'alias', ...rcs({}) }, 'alias without both contacts'],
  ])('%j is kept', (body, reason) => {
    expect(read(body)).toEqual({ events: [], kept: [{ reason }] });
  });

  it('is never an accident: any JSON is read', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (body) => {
        const { events, kept } = read(body);
        expect(events.length + kept.length).toBeGreaterThan(0);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is never an accident: any member of a true event may be foreign', () => {
    const anything = fc.jsonValue({ maxDepth: 3 });
    const names = ['message', 'response', 'isTyping', 'messageStatus', 'newUser', 'alias', 'fileStatus'];
    const members = [
      'textMessage',
      'fileMessage',
      'audioMessage',
      'geolocationPushMessage',
      'suggestedResponse',
      'sharedData',
    ];
    const event = fc.record(
      {
        event: fc.oneof(fc.constantFrom(...names), anything),
        RCSMessage: fc.oneof(
          anything,
          fc.dictionary(fc.constantFrom('msgId', 'status', 'timestamp', ...members), anything),
        ),
        messageContact: fc.oneof(
          anything,
          fc.constant(messageContact),
          fc.record({ userContact: anything, chatId: anything }),
        ),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(event, (body) => {
        for (const found of read(body).events) {
          if (found.kind !== 'message') continue;
          expect(found.carrierMessageId.length).toBeGreaterThan(0);
          expect(JSON.stringify(found)).not.toMatch(/\\u0000|\\ud[89a-f]/);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('is read even when it is nested without end', () => {
    const deep = JSON.parse(`${'[1,'.repeat(50_000)}1${']'.repeat(50_000)}`) as unknown;
    expect(message({ event: 'message', RCSMessage: { textMessage: 'a', deep }, messageContact }).content.type).toBe(
      'text',
    );
  });
});
