import { Fields, isObject } from '../fields.js';
import type { Content, DeviceSpecifics } from '../threads/content.js';

const kinds = ['reply', 'action', 'start', 'device'] as const;

/** What handsets say of themselves when a bot asks. */
const device: DeviceSpecifics = {
  deviceModel: 'Simulated Phone 1',
  platformVersion: '14',
  clientVendor: 'MDGC',
  clientVersion: '1.0',
  batteryRemainingMinutes: 480,
};

/**
 * A pressed chip, button or menu entry: `{displayText, postback, kind?}`, or the suggestion as the wire has it.
 * `start` is the button of a thread that has not begun, `device` the answer to a question about the handset.
 */
export function readPress(source: unknown): { botId: string; content: Content } {
  const fields = new Fields(source);
  const botId = fields.needText('botId', 256);
  const given = fields.raw('suggestion');
  const reply = isObject(given) && isObject(given.reply) ? given.reply : undefined;
  const action = isObject(given) && isObject(given.action) ? given.action : undefined;
  const press = new Fields(reply ?? action ?? given, 'suggestion');
  const kind = press.oneOf('kind', kinds) ?? (action ? 'action' : 'reply');
  if (kind === 'device') {
    fields.done();
    return { botId, content: { type: 'device', device } };
  }
  const started = kind === 'start';
  const label = started ? (press.text('displayText', 100) ?? '利用を開始する') : press.needText('displayText', 100);
  const postback = press.raw('postback');
  const data = isObject(postback) ? postback.data : postback;
  if (data !== undefined && data !== null && typeof data !== 'string') press.fault('postback', 'must be a string');
  fields.adopt(press);
  fields.done();
  return {
    botId,
    content: { type: 'press', press: kind, label, postback: started ? 'new_bot_user_initiation' : String(data ?? '') },
  };
}
