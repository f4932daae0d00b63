import { describe, expect, it } from 'vitest';
import type { Connection } from '#libs/accounts/index.js';
import { brokenLimit, capabilitiesUrl, messageBody, sendUrl, statusUrl, typingBody } from './maap-request.js';

const to = { kind: 'phone', phone: '+819000000001' } as const;

function connection(settings: Partial<Connection['settings']> = {}): Connection {
  const known = { baseUrl: 'https://carrier.example/rcs/bot/v1', botId: 'demo@botplatform.example' };
  return {
    id: '7', accountId: '3', wire: 'maap', connectionKey: 'key', settings: { ...known, ...settings }, credentials: {}, active: true,
  }; // prettier-ignore
}

describe('where a call goes', () => {
  it('leaves the @ of a bot as it is and escapes the + of a number', () => {
    expect(sendUrl(connection())).toBe('https://carrier.example/rcs/bot/v1/demo@botplatform.example/messages');
    expect(capabilitiesUrl(connection(), to)).toBe(
      'https://carrier.example/rcs/bot/v1/demo@botplatform.example/contactCapabilities?userContact=%2B819000000001',
    );
    expect(capabilitiesUrl(connection(), { kind: 'chat', chatId: 'a+b&c' })).toMatch(/\?chatId=a%2Bb%26c$/);
  });

  it('follows the settings for root and last part', () => {
    const dialect = connection({
      baseUrl: 'https://carrier.example/bot/v1/',
      sendPath: '/messages/async',
      botId: 'a b/c',
    });
    expect(sendUrl(dialect)).toBe('https://carrier.example/bot/v1/a%20b%2Fc/messages/async');
  });

  it('keeps a foreign id inside its place in the path', () => {
    expect(statusUrl(connection(), '../../files')).toMatch(/\/messages\/\.\.%2F\.\.%2Ffiles\/status$/);
    for (const id of ['', '.', '..']) expect(statusUrl(connection(), id)).toBeNull();
  });
});

describe('what a call says', () => {
  it('is a bare text without suggestions, and has no null', () => {
    const body = messageBody(to, { type: 'text', text: 'はい', suggestions: [] });
    expect(JSON.parse(body)).toEqual({
      RCSMessage: { textMessage: 'はい' },
      messageContact: { userContact: to.phone },
    });
    expect(body).not.toContain('null');
  });

  it('puts the chips beside the text', () => {
    const body = messageBody(
      { kind: 'chat', chatId: 'opaque' },
      {
        type: 'text',
        text: 'ご用件は',
        suggestions: [
          { kind: 'reply', label: '配送', payload: 'topic:delivery' },
          { kind: 'url', label: '開く', payload: 'open', url: 'https://shop.example/' },
          { kind: 'dial', label: '電話', payload: 'call', phone: '+81312345678' },
        ],
      },
    );
    expect(JSON.parse(body)).toEqual({
      RCSMessage: {
        textMessage: 'ご用件は',
        suggestedChipList: {
          suggestions: [
            { reply: { displayText: '配送', postback: { data: 'topic:delivery' } } },
            {
              action: {
                urlAction: { openUrl: { url: 'https://shop.example/' } },
                displayText: '開く',
                postback: { data: 'open' },
              },
            },
            {
              action: {
                dialerAction: { dialPhoneNumber: { phoneNumber: '+81312345678' } },
                displayText: '電話',
                postback: { data: 'call' },
              },
            },
          ],
        },
      },
      messageContact: { chatId: 'opaque' },
    });
  });

  it('tells typing and its end', () => {
    expect(JSON.parse(typingBody(to, true))).toMatchObject({ RCSMessage: { isTyping: 'active' } });
    expect(JSON.parse(typingBody(to, false))).toMatchObject({ RCSMessage: { isTyping: 'idle' } });
  });
});

describe('limits', () => {
  const text = (text: string) => brokenLimit({ type: 'text', text });

  it('hold in both measures', () => {
    expect(text('あ'.repeat(2730))).toBeNull();
    expect(text('a'.repeat(2731))).toBe('text: 2731 UTF-16 units, limit 2730');
    expect(text('😀'.repeat(1366))).toBe('text: 2732 UTF-16 units, limit 2730');
    expect(text('')).toBe('text: empty');
  });

  it('name the suggestion and the field', () => {
    const chip = { kind: 'reply', label: 'a', payload: 'b' } as const;
    const chips = (...suggestions: object[]) =>
      brokenLimit({ type: 'text', text: 'a', suggestions: suggestions as (typeof chip)[] });
    expect(chips(...Array<object>(11).fill(chip))).toBeNull();
    expect(chips(...Array<object>(12).fill(chip))).toBe('suggestions: 12, limit 11');
    expect(chips(chip, { ...chip, label: 'あ'.repeat(26) })).toBe('suggestions.1.label: 26 UTF-16 units, limit 25');
    expect(chips({ ...chip, payload: 'a'.repeat(2049) })).toBe('suggestions.0.payload: 2049 UTF-16 units, limit 2048');
    expect(chips({ ...chip, kind: 'url', url: 'a'.repeat(2049) })).toBe(
      'suggestions.0.url: 2049 UTF-16 units, limit 2048',
    );
  });
});
