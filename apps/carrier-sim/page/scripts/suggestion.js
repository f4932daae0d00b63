import { doors } from './doors.js';
import { toast } from './toast.js';
import { word } from './words.js';

/** Presses a chip, a button or a menu entry, and does on the phone what it asks for. */
export async function press(msisdn, botId, suggestion, sheet) {
  const { kind, label, postback, detail = {} } = suggestion;
  await doors.press(msisdn, botId, { displayText: label, postback, kind: kind === 'reply' ? 'reply' : 'action' });
  switch (kind) {
    case 'url':
      if (/^https?:/i.test(detail.url)) open(detail.url, '_blank', 'noopener,noreferrer');
      return;
    case 'dial':
      return toast(word('dialed', detail.phone));
    case 'map':
      return toast(detail.label ?? detail.query ?? `${detail.latitude}, ${detail.longitude}`);
    case 'calendar':
      return toast(word('calendarAdded', detail.title));
    case 'compose':
      return toast(word('composed', detail.phone));
    case 'location':
      return sheet.open('places');
    case 'device':
      await doors.press(msisdn, botId, { kind: 'device' });
      return;
    case 'anonymization':
      await doors.change(msisdn, { anonymous: false });
      return toast(word('numberShown'));
    case 'settings':
      await doors.change(msisdn, { receipts: true });
      return toast(word('settingChanged'));
    default:
  }
}

/** Menu entries come as the wire has them. */
export function readMenuEntry(entry) {
  const face = entry.reply ?? entry.action;
  if (!face) return null;
  const common = { label: face.displayText ?? '', postback: face.postback?.data ?? '' };
  if (entry.reply) return { kind: 'reply', ...common };
  const { urlAction, dialerAction, mapAction } = entry.action;
  if (urlAction?.openUrl) return { kind: 'url', ...common, detail: { url: urlAction.openUrl.url } };
  const call = dialerAction?.dialPhoneNumber ?? dialerAction?.dialEnrichedCall ?? dialerAction?.dialVideoCall;
  if (call) return { kind: 'dial', ...common, detail: { phone: call.phoneNumber } };
  if (mapAction?.requestLocationPush) return { kind: 'location', ...common };
  if (mapAction?.showLocation) return { kind: 'map', ...common, detail: mapAction.showLocation.location ?? {} };
  return { kind: 'action', ...common };
}
