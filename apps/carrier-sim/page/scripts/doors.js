import { word } from './words.js';

/** A refusal of the simulator. */
class Refused extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

/** Why something did not work, in the language of the page. */
export const explain = (error) => word('refusals')[error.code] ?? word('failed');

async function call(method, path, body) {
  const form = body instanceof FormData;
  const request = { method };
  if (form) request.body = body;
  else if (body !== undefined) {
    request.body = JSON.stringify(body);
    request.headers = { 'content-type': 'application/json' };
  }
  const response = await fetch(path, request);
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(answer.error?.code ?? `http_${response.status}`);
  return answer;
}

const at = (msisdn, door = '') => `/handsets/${encodeURIComponent(msisdn)}${door}`;

export const doors = {
  handsets: async () => (await call('GET', '/handsets')).handsets,
  bots: async () => (await call('GET', '/bots')).bots,
  stickers: async () => (await call('GET', '/stickers')).stickers,
  thread: (msisdn, botId) => call('GET', at(msisdn, `/messages?botId=${encodeURIComponent(botId)}`)),
  change: (msisdn, change) => call('PUT', at(msisdn), change),
  write: (msisdn, botId, content) => call('POST', at(msisdn, '/messages'), { botId, ...content }),
  press: (msisdn, botId, suggestion) => call('POST', at(msisdn, '/presses'), { botId, suggestion }),
  typing: (msisdn, botId, active) => call('POST', at(msisdn, '/typing'), { botId, active }),
  read: (msisdn, botId) => call('POST', at(msisdn, '/read'), { botId }),
  sendFile: (msisdn, botId, file) => {
    const form = new FormData();
    form.set('botId', botId);
    form.set('file', file, file.name);
    return call('POST', at(msisdn, '/messages'), form);
  },
};
