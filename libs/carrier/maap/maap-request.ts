import type { Connection } from '#libs/accounts/index.js';
import { randomBytes } from 'node:crypto';
import {
  fileLimits,
  measureText,
  suggestionLimits,
  textLimits,
  type LocationContent,
  type Suggestion,
  type TextContent,
} from '#libs/contracts/index.js';
import type { CustomerAddress } from '../customer-address.js';
import type { FileToPlace, OutboundContent, OutboundFile } from '../outbound-message.js';

/** `@` stays as it is: gateways compare the path as clients of the standard write it. */
function pathWord(word: string): string {
  return encodeURIComponent(word).replaceAll('%40', '@');
}

function botRoot({ settings }: Connection): string {
  return `${settings.baseUrl.replace(/\/+$/, '')}/${pathWord(settings.botId)}`;
}

export function sendUrl(connection: Connection): string {
  return `${botRoot(connection)}/${(connection.settings.sendPath ?? 'messages').replace(/^\/+|\/+$/g, '')}`;
}

/** Null for an id that would change the path instead of naming a message. */
export function statusUrl(connection: Connection, carrierMessageId: string): string | null {
  if (/^\.{0,2}$/.test(carrierMessageId)) return null;
  return `${botRoot(connection)}/messages/${pathWord(carrierMessageId)}/status`;
}

/** Null for an id that would change the path instead of naming a file. */
export function filesUrl(connection: Connection, fileId?: string): string | null {
  if (fileId === undefined) return `${botRoot(connection)}/files`;
  return /^\.{0,2}$/.test(fileId) ? null : `${botRoot(connection)}/files/${pathWord(fileId)}`;
}

/** `+` must travel as `%2B`: in a query it means a blank to some servers. */
export function capabilitiesUrl(connection: Connection, address: CustomerAddress): string {
  const [[name, value] = ['', '']] = Object.entries(contact(address));
  return `${botRoot(connection)}/contactCapabilities?${name}=${encodeURIComponent(value)}`;
}

function contact(address: CustomerAddress): Record<string, string> {
  return address.kind === 'phone' ? { userContact: address.phone } : { chatId: address.chatId };
}

/** Members that are not set are left out: some gateways refuse `null`. */
export function messageBody(address: CustomerAddress, content: OutboundContent): string {
  return JSON.stringify({ RCSMessage: rcsMessage(content), messageContact: contact(address) });
}

function rcsMessage(content: OutboundContent): object {
  switch (content.type) {
    case 'text':
      return textMessage(content);
    case 'location':
      return { geolocationPushMessage: place(content) };
    case 'file':
      return content.mimeType.startsWith('audio/') ? { audioMessage: sound(content) } : { fileMessage: file(content) };
  }
}

function textMessage({ text, suggestions = [] }: TextContent): object {
  const chips = suggestions.map(chip);
  return { textMessage: text, ...(chips.length === 0 ? {} : { suggestedChipList: { suggestions: chips } }) };
}

/** `pos` is one string: latitude, blank, longitude. */
function place({ latitude, longitude, label }: LocationContent): object {
  return { pos: `${latitude.toFixed(6)} ${longitude.toFixed(6)}`, ...(label ? { label } : {}) };
}

function file({ url, name, mimeType, size, thumbnail }: OutboundFile): object {
  const small = thumbnail && {
    thumbnailUrl: thumbnail.url,
    thumbnailMIMEType: thumbnail.mimeType,
    thumbnailFileSize: thumbnail.size,
  };
  return { fileUrl: url, fileName: name, fileMIMEType: mimeType, fileSize: size, ...small };
}

function sound({ url, name, mimeType, size, seconds }: OutboundFile): object {
  const length = seconds === undefined ? {} : { playingLength: Math.max(1, Math.round(seconds)) };
  return { fileUrl: url, fileName: name, fileMIMEType: mimeType, fileSize: size, ...length };
}

const LIFE_DAYS = 30;

/** The carrier goes and gets it, and keeps it for as long as messages are usually looked at. */
export function filesBody({ url, mimeType }: FileToPlace, now: number): { body: string; contentType: string } {
  const boundary = `madoguchi-${randomBytes(12).toString('hex')}`;
  const until = new Date(now + LIFE_DAYS * 86_400_000).toISOString();
  const parts = Object.entries({ fileType: mimeType, until, fileUrl: url }).map(
    ([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return { body: `${parts.join('')}--${boundary}--\r\n`, contentType: `multipart/form-data; boundary=${boundary}` };
}

export function typingBody(address: CustomerAddress, active: boolean): string {
  return JSON.stringify({ RCSMessage: { isTyping: active ? 'active' : 'idle' }, messageContact: contact(address) });
}

export function statusBody(status: 'displayed' | 'cancelled'): string {
  return JSON.stringify({ RCSMessage: { status } });
}

function chip(suggestion: Suggestion): object {
  const shared = { displayText: suggestion.label, postback: { data: suggestion.payload } };
  switch (suggestion.kind) {
    case 'reply':
      return { reply: shared };
    case 'url':
      return { action: { urlAction: { openUrl: { url: suggestion.url } }, ...shared } };
    case 'dial':
      return { action: { dialerAction: { dialPhoneNumber: { phoneNumber: suggestion.phone } }, ...shared } };
  }
}

/** What the carrier would refuse anyway, said with the field and the limit; null when all is well. */
export function brokenLimit(content: OutboundContent): string | null {
  if (content.type === 'text') return brokenTextLimit(content);
  if (content.type === 'file' && content.size > fileLimits.bytes)
    return `size: ${content.size} bytes, limit ${fileLimits.bytes}`;
  return null;
}

function brokenTextLimit({ text, suggestions = [] }: TextContent): string | null {
  const { units, bytes } = measureText(text);
  if (text === '') return 'text: empty';
  if (units > textLimits.units) return `text: ${units} UTF-16 units, limit ${textLimits.units}`;
  if (bytes > textLimits.bytes) return `text: ${bytes} bytes of UTF-8, limit ${textLimits.bytes}`;
  if (suggestions.length > suggestionLimits.count)
    return `suggestions: ${suggestions.length}, limit ${suggestionLimits.count}`;
  for (const [place, { label, payload, ...rest }] of suggestions.entries()) {
    const url = 'url' in rest ? rest.url : '';
    for (const [field, value] of Object.entries({ label, payload, url })) {
      const limit = suggestionLimits[field as 'label' | 'payload' | 'url'];
      if (value.length > limit) return `suggestions.${place}.${field}: ${value.length} UTF-16 units, limit ${limit}`;
    }
  }
  return null;
}
