import { isObject, type Json } from '../fields.js';
import { fileLimit } from '../files.js';
import { malformed } from '../problem.js';
import type { Content, Suggestion } from '../threads/content.js';
import { readRichCard } from './cards.js';
import { needAddress, needLength, optionalText, withoutNulls } from './measure.js';
import { readSuggestions } from './suggestions.js';

const textLimits = { units: 2730, bytes: 8190 };
const suggestionsUnderMessage = 11;

const contentMembers = [
  'textMessage',
  'fileMessage',
  'audioMessage',
  'geolocationPushMessage',
  'richcardMessage',
  'isTyping',
] as const;

/** The addressee of a send, or of a capability question: exactly one of the two. */
export type Contact = { userContact: string } | { chatId: string };

export type Send =
  | { kind: 'typing'; contact: Contact; active: boolean }
  | { kind: 'message'; contact: Contact; content: Content; suggestions: Suggestion[]; expiresAt: string | null };

export function readSend(source: unknown): Send {
  const body = withoutNulls(source);
  if (!isObject(body)) throw malformed('the body must be a JSON object');
  if (!isObject(body.RCSMessage)) throw malformed('RCSMessage is required');
  const contact = readContact(body.messageContact, 'messageContact');
  const message = body.RCSMessage;
  const present = contentMembers.filter((name) => message[name] !== undefined);
  const [name] = present;
  if (name === undefined || present.length > 1) {
    const found = present.length > 1 ? `, has ${present.join(' and ')}` : '';
    throw malformed(`RCSMessage must hold exactly one of ${contentMembers.join(', ')}${found}`);
  }
  if (name === 'isTyping') {
    if (message.isTyping !== 'active' && message.isTyping !== 'idle') {
      throw malformed('RCSMessage.isTyping must be active or idle');
    }
    return { kind: 'typing', contact, active: message.isTyping === 'active' };
  }
  const content = readContent(name, message[name]);
  return { kind: 'message', contact, content, suggestions: readChips(message), expiresAt: readExpiry(message.expiry) };
}

export function readContact(source: unknown, path: string): Contact {
  if (!isObject(source)) throw malformed(`${path} is required`);
  const { userContact, chatId } = source;
  if ((userContact === undefined) === (chatId === undefined)) {
    throw malformed(`${path} must hold exactly one of userContact and chatId`);
  }
  if (chatId !== undefined) return { chatId: needLength(chatId, `${path}.chatId`, 256) };
  return { userContact: needLength(userContact, `${path}.userContact`, 64) };
}

function readContent(name: string, source: unknown): Content {
  const path = `RCSMessage.${name}`;
  if (name === 'textMessage') return { type: 'text', text: readText(source, path) };
  if (!isObject(source)) throw malformed(`${path} must be an object`);
  if (name === 'richcardMessage') return readRichCard(source, path);
  if (name === 'geolocationPushMessage') return readLocation(source, path);
  return readFile(source, path, name === 'audioMessage');
}

function readText(source: unknown, path: string): string {
  const text = needLength(source, path, textLimits.units);
  const bytes = Buffer.byteLength(text);
  if (bytes > textLimits.bytes) throw malformed(`${path} must have at most ${textLimits.bytes} bytes, has ${bytes}`);
  return text;
}

function readFile(source: Json, path: string, audio: boolean): Content {
  const url = needAddress(source.fileUrl, `${path}.fileUrl`);
  const size = source.fileSize === undefined ? null : Number(source.fileSize);
  if (size !== null && !(size >= 0 && size <= fileLimit)) {
    throw malformed(`${path}.fileSize must be a number of bytes up to ${fileLimit}`);
  }
  const seconds = Number(source.playingLength);
  return {
    type: 'media',
    url,
    name: optionalText(source.fileName, `${path}.fileName`, 255) ?? lastPart(url),
    mimeType:
      optionalText(source.fileMIMEType, `${path}.fileMIMEType`, 255) ??
      (audio ? 'audio/mpeg' : 'application/octet-stream'),
    size,
    thumbnailUrl:
      source.thumbnailUrl === undefined ? undefined : needAddress(source.thumbnailUrl, `${path}.thumbnailUrl`),
    seconds: seconds > 0 ? seconds : undefined,
  };
}

/** The last part of an address, for a file that came without a name. */
function lastPart(url: string): string {
  const last = new URL(url).pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(last) || 'file';
  } catch {
    return last;
  }
}

function readLocation(source: Json, path: string): Content {
  const pos = typeof source.pos === 'string' ? source.pos : '';
  const pair = /^\s*(-?\d+(?:\.\d+)?)[\s,]+(-?\d+(?:\.\d+)?)\s*$/.exec(pos);
  const latitude = Number(pair?.[1]);
  const longitude = Number(pair?.[2]);
  if (!(Math.abs(latitude) <= 90) || !(Math.abs(longitude) <= 180)) {
    throw malformed(`${path}.pos must be one string: latitude, a blank, longitude`);
  }
  return { type: 'location', latitude, longitude, label: optionalText(source.label, `${path}.label`, 200) };
}

/** Chips belong beside the content; one vendor's sample nests them inside the card. */
function readChips(message: Json): Suggestion[] {
  const nested = isObject(message.richcardMessage) ? message.richcardMessage.suggestedChipList : undefined;
  const list = message.suggestedChipList ?? nested;
  if (list === undefined) return [];
  const path = 'RCSMessage.suggestedChipList';
  if (!isObject(list)) throw malformed(`${path} must be an object`);
  return readSuggestions(list.suggestions, `${path}.suggestions`, suggestionsUnderMessage);
}

function readExpiry(source: unknown): string | null {
  if (source === undefined) return null;
  const moment = typeof source === 'string' ? Date.parse(source) : Number.NaN;
  if (Number.isNaN(moment)) throw malformed('RCSMessage.expiry must be an ISO 8601 time');
  return new Date(moment).toISOString();
}
