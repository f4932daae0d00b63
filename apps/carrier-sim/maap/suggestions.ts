import { isObject, type Json } from '../fields.js';
import { malformed } from '../problem.js';
import type { Suggestion, SuggestionKind } from '../threads/content.js';
import { needLength, optionalText } from './measure.js';

const limits = { label: 25, postback: 2048 };

/** The member of `action` that says which kind it is, and the members inside it. */
const kinds: Record<string, { kind: SuggestionKind; members: string[] }> = {
  urlAction: { kind: 'url', members: ['openUrl'] },
  dialerAction: { kind: 'dial', members: ['dialPhoneNumber', 'dialEnrichedCall', 'dialVideoCall'] },
  mapAction: { kind: 'map', members: ['showLocation', 'requestLocationPush'] },
  calendarAction: { kind: 'calendar', members: ['createCalendarEvent'] },
  composeAction: { kind: 'compose', members: ['composeTextMessage', 'composeRecordingMessage'] },
  deviceAction: { kind: 'device', members: ['requestDeviceSpecifics'] },
  settingsAction: { kind: 'settings', members: ['disableAnonymization', 'enableDisplayedNotifications'] },
};

export function readSuggestions(source: unknown, path: string, most: number): Suggestion[] {
  if (source === undefined) return [];
  if (!Array.isArray(source)) throw malformed(`${path} must be an array`);
  if (source.length < 1 || source.length > most) {
    throw malformed(`${path} must have 1 to ${most} entries, has ${source.length}`);
  }
  return source.map((entry, index) => readSuggestion(entry, `${path}[${index}]`));
}

export function readSuggestion(source: unknown, path: string): Suggestion {
  if (!isObject(source)) throw malformed(`${path} must be an object`);
  if (isObject(source.reply) && source.action === undefined) {
    return { kind: 'reply', ...readFace(source.reply, `${path}.reply`) };
  }
  if (!isObject(source.action) || source.reply !== undefined) {
    throw malformed(`${path} must hold exactly one of reply and action`);
  }
  const action = source.action;
  const face = readFace(action, `${path}.action`);
  const name = Object.keys(kinds).find((each) => isObject(action[each]));
  const known = name === undefined ? undefined : kinds[name];
  if (name === undefined || !known) throw malformed(`${path}.action holds no action that is known`);
  // A Python library leaves `dialerAction` empty inside `action` and puts the full one beside it, or its member alone.
  const beside = [action[name], action, source[name], source].filter(isObject);
  const holder = beside.find((each) => known.members.some((member) => isObject(each[member])));
  const member = known.members.find((each) => isObject(holder?.[each]));
  if (!holder || !member) throw malformed(`${path}.action.${name} must hold one of ${known.members.join(', ')}`);
  return { ...face, ...readDetail(member, holder[member] as Json, `${path}.action.${name}.${member}`, known.kind) };
}

function readFace(source: Json, path: string): { label: string; postback: string } {
  const label = needLength(source.displayText, `${path}.displayText`, limits.label);
  if (source.postback === undefined) return { label, postback: '' };
  const postback = isObject(source.postback) ? source.postback.data : undefined;
  if (typeof postback !== 'string') throw malformed(`${path}.postback.data must be a string`);
  if (postback.length > limits.postback) {
    throw malformed(`${path}.postback.data must have at most ${limits.postback} characters, has ${postback.length}`);
  }
  return { label, postback };
}

function readDetail(
  member: string,
  source: Json,
  path: string,
  kind: SuggestionKind,
): { kind: SuggestionKind; detail?: Record<string, string | number> } {
  const need = (name: string, most: number): string => needLength(source[name], `${path}.${name}`, most);
  optionalText(source.fallbackUrl, `${path}.fallbackUrl`, 2048);
  switch (member) {
    case 'openUrl':
      return { kind, detail: { url: need('url', 2048) } };
    case 'dialEnrichedCall':
      optionalText(source.subject, `${path}.subject`, 60);
      return { kind, detail: { phone: need('phoneNumber', 32) } };
    case 'dialPhoneNumber':
    case 'dialVideoCall':
      return { kind, detail: { phone: need('phoneNumber', 32) } };
    case 'showLocation':
      return { kind, detail: readPlace(source.location, `${path}.location`) };
    case 'requestLocationPush':
      return { kind: 'location' };
    case 'createCalendarEvent':
      optionalText(source.description, `${path}.description`, 500);
      return {
        kind,
        detail: {
          title: need('title', 100),
          start: needTime(source, path, 'startTime'),
          end: needTime(source, path, 'endTime'),
        },
      };
    case 'composeTextMessage':
      return { kind, detail: { phone: need('phoneNumber', 32), text: need('text', 100) } };
    case 'composeRecordingMessage':
      if (source.type !== 'AUDIO' && source.type !== 'VIDEO') throw malformed(`${path}.type must be AUDIO or VIDEO`);
      return { kind, detail: { phone: need('phoneNumber', 32), recording: source.type } };
    case 'disableAnonymization':
      return { kind: 'anonymization' };
    default:
      return { kind };
  }
}

function readPlace(source: unknown, path: string): Record<string, string | number> {
  if (!isObject(source)) throw malformed(`${path} is required`);
  const label = optionalText(source.label, `${path}.label`, 100);
  const query = optionalText(source.query, `${path}.query`, 200);
  if (query !== undefined) return { query };
  const latitude = Number(source.latitude);
  const longitude = Number(source.longitude);
  if (!(Math.abs(latitude) <= 90) || !(Math.abs(longitude) <= 180)) {
    throw malformed(`${path} must have latitude and longitude in degrees, or a query`);
  }
  return { latitude, longitude, ...(label === undefined ? {} : { label }) };
}

function needTime(source: Json, path: string, name: string): string {
  const text = needLength(source[name], `${path}.${name}`, 64);
  if (Number.isNaN(Date.parse(text))) throw malformed(`${path}.${name} must be an ISO 8601 time`);
  return text;
}
