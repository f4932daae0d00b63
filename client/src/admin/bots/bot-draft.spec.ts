import { describe, expect, it } from 'vitest';
import type { BotView } from '#libs/contracts/index.js';
import { bodyOf, draftOf, faultsOf } from './bot-draft.js';

const endpoint = {
  kind: 'openai',
  name: '下書き係',
  settings: { baseUrl: 'https://models.example/v1', model: 'small', instructions: '短く' },
} as unknown as BotView;

describe('a bot that is reached elsewhere', () => {
  it('is sent as its kind takes it, and its key only where one was written', () => {
    expect(bodyOf('openai', draftOf(endpoint))).toEqual({
      kind: 'openai',
      name: '下書き係',
      settings: { baseUrl: 'https://models.example/v1', model: 'small', instructions: '短く' },
    });
    expect(bodyOf('openai', { ...draftOf(endpoint), key: ' k ' })).toMatchObject({ secret: 'k' });
    expect(bodyOf('http', { ...draftOf(null), name: ' 案内 ', address: 'https://bot.example ' })).toEqual({
      kind: 'http',
      name: '案内',
      settings: { url: 'https://bot.example' },
    });
  });

  it('has each fault at its own field', () => {
    const fault = (field: string) => ({ field, rule: 'isUrl', message: '' });
    expect(faultsOf([fault('settings.baseUrl'), fault('name'), fault('elsewhere')])).toEqual({
      address: fault('settings.baseUrl'),
      name: fault('name'),
    });
  });
});
