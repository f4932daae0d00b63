import type {
  DeviceContent,
  LocationContent,
  MediaContent,
  MessageContent,
  PressContent,
} from '#libs/contracts/index.js';
import { isObject, own, readAmount, readText, within, type Foreign } from '../foreign-value.js';
import type { InboundFile } from '../inbound-event.js';

export const startPostback = 'new_bot_user_initiation';

interface Read {
  content: MessageContent;
  file: InboundFile | null;
}

/** Members of an `RCSMessage` that accompany the content and are none. */
const companions = new Set([
  'msgId', 'timestamp', 'trafficType', 'expiry', 'status', 'reason', 'reportRequest', 'suggestedChipList', 'locale', 'channel',
]); // prettier-ignore

/**
 * What the customer said. A content that we do not know, or that is broken, becomes `unsupported`: the customer waits
 * for an answer all the same.
 */
export function readContent(rcs: Foreign): Read {
  const text = readText(own(rcs, 'textMessage'));
  if (text !== null) return { content: { type: 'text', text }, file: null };
  if (isObject(own(rcs, 'fileMessage'))) return readFile(within(rcs, 'fileMessage'));
  if (isObject(own(rcs, 'audioMessage'))) return readFile(within(rcs, 'audioMessage'), 'playingLength');
  const content = readLocation(rcs) ?? readPress(rcs) ?? readDevice(rcs) ?? unsupported(rcs);
  return { content, file: null };
}

export function hasContent(rcs: Foreign): boolean {
  return ['textMessage', 'fileMessage', 'audioMessage', 'geolocationPushMessage', 'richcardMessage'].some((member) =>
    Object.hasOwn(rcs, member),
  );
}

function readFile(file: Foreign, lengthMember?: string): Read {
  const url = webAddress(own(file, 'fileUrl'));
  const thumbnailUrl = webAddress(own(file, 'thumbnailUrl'));
  const seconds = lengthMember === undefined ? null : readAmount(own(file, lengthMember));
  const content: MediaContent = {
    type: 'media',
    name: readText(own(file, 'fileName'), 255) ?? lastPart(url) ?? 'file',
    mimeType: readText(own(file, 'fileMIMEType'), 255) ?? 'application/octet-stream',
    size: wholeAmount(own(file, 'fileSize')),
    state: url === null ? 'unavailable' : 'preparing',
    mediaId: null,
    ...(seconds === null ? {} : { seconds }),
  };
  if (url === null) return { content, file: null };
  return { content, file: { url, ...(thumbnailUrl === null ? {} : { thumbnailUrl }) } };
}

function wholeAmount(value: unknown): number | null {
  const amount = readAmount(value);
  return amount !== null && Number.isSafeInteger(amount) ? amount : null;
}

function webAddress(value: unknown): string | null {
  const text = readText(value);
  if (text === null || text.length > 4096 || !URL.canParse(text)) return null;
  return /^https?:$/.test(new URL(text).protocol) ? text : null;
}

function lastPart(url: string | null): string | null {
  if (url === null) return null;
  const part = new URL(url).pathname.split('/').at(-1) ?? '';
  try {
    return readText(decodeURIComponent(part), 255);
  } catch {
    return readText(part, 255);
  }
}

/** `pos` is one string: latitude, blank, longitude. */
function readLocation(rcs: Foreign): LocationContent | null {
  const place = within(rcs, 'geolocationPushMessage');
  const pos = readText(own(place, 'pos'), 100)?.replace(/^geo:/i, '').replace(/;.*$/, '').trim();
  const [latitude, longitude, ...rest] = pos?.split(/\s*,\s*|\s+/).map(Number) ?? [];
  if (latitude === undefined || longitude === undefined || rest.length > 1) return null;
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return null;
  const label = readText(own(place, 'label'), 1000);
  return { type: 'location', latitude, longitude, ...(label === null ? {} : { label }) };
}

function readPress(rcs: Foreign): PressContent | null {
  const response = within(rcs, 'suggestedResponse', 'response');
  for (const press of ['reply', 'action'] as const) {
    if (!isObject(own(response, press))) continue;
    const pressed = within(response, press);
    const payload = readText(own(within(pressed, 'postback'), 'data')) ?? '';
    const label = readText(own(pressed, 'displayText')) ?? payload;
    return { type: 'press', label, payload, press: payload === startPostback ? 'start' : press };
  }
  return null;
}

function readDevice(rcs: Foreign): DeviceContent | null {
  const shared = within(rcs, 'sharedData');
  if (!isObject(own(shared, 'deviceSpecifics'))) return null;
  const device = within(shared, 'deviceSpecifics');
  const model = readText(own(device, 'deviceModel'), 100);
  const platform = readText(own(device, 'platformVersion'), 100);
  const client = readText(own(device, 'clientVendor'), 100);
  const version = readText(own(device, 'clientVersion'), 100);
  const batteryMinutes = readAmount(own(device, 'batteryRemainingMinutes'));
  return {
    type: 'device',
    ...(model === null ? {} : { model }),
    ...(platform === null ? {} : { platform }),
    ...(client === null ? {} : { client }),
    ...(version === null ? {} : { version }),
    ...(batteryMinutes === null ? {} : { batteryMinutes }),
  };
}

function unsupported(rcs: Foreign): MessageContent {
  const member = Object.keys(rcs).find((name) => !companions.has(name));
  return { type: 'unsupported', what: readText(member, 60) ?? 'empty' };
}
