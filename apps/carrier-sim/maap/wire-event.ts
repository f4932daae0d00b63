import type { Handsets } from '../handsets/handsets.js';
import { presentFile, type Files } from '../files.js';
import type { CustomerEntry } from '../threads/entry.js';
import type { Threads } from '../threads/threads.js';
import type { WebhookEvent } from '../webhooks/webhook-event.js';

/** Writes the JSON of an event as this wire has it. */
export class WireEvents {
  constructor(
    private readonly threads: Threads,
    private readonly handsets: Handsets,
    private readonly files: Files,
  ) {}

  write(event: WebhookEvent): object | null {
    switch (event.kind) {
      case 'message': {
        const entry = this.threads.find(event.entryId);
        return entry?.from === 'customer' ? this.customerEvent(entry) : null;
      }
      case 'status': {
        const entry = this.threads.find(event.entryId);
        if (!entry) return null;
        const reason = event.reason === undefined ? {} : { reason: event.reason };
        return {
          event: 'messageStatus',
          RCSMessage: { msgId: entry.id, status: event.status, timestamp: event.at, ...reason },
          messageContact: this.contact(entry.msisdn, entry.hidden),
        };
      }
      case 'typing':
        return {
          event: 'isTyping',
          RCSMessage: { msgId: event.id, timestamp: event.at, isTyping: event.active ? 'active' : 'idle' },
          messageContact: this.contact(event.msisdn, event.hidden),
        };
      case 'alias':
        return {
          event: 'alias',
          RCSMessage: { msgId: event.id, timestamp: event.at },
          messageContact: { userContact: event.msisdn, chatId: this.handsets.find(event.msisdn)?.chatId ?? '' },
        };
      case 'file': {
        const file = this.files.find(event.fileId);
        return file ? { event: 'fileStatus', ...presentFile(file, this.files, event.status) } : null;
      }
    }
  }

  private contact(msisdn: string, hidden: boolean): object {
    const chatId = hidden ? this.handsets.find(msisdn)?.chatId : null;
    return chatId ? { chatId } : { userContact: msisdn };
  }

  private customerEvent(entry: CustomerEntry): object {
    const { content } = entry;
    const event = content.type === 'device' || content.type === 'press' ? 'response' : 'message';
    return {
      event: content.type === 'press' && content.press === 'start' ? 'newUser' : event,
      RCSMessage: { msgId: entry.id, timestamp: entry.at, ...this.customerContent(entry) },
      messageContact: this.contact(entry.msisdn, entry.hidden),
    };
  }

  private customerContent({ content, at }: CustomerEntry): object {
    switch (content.type) {
      case 'text':
        return { textMessage: content.text };
      case 'press': {
        const face = { displayText: content.label, postback: { data: content.postback } };
        const response = content.press === 'action' ? { action: face } : { reply: face };
        return { suggestedResponse: { response } };
      }
      case 'device':
        return { sharedData: { deviceSpecifics: content.device } };
      case 'location': {
        const { latitude, longitude, label } = content;
        const named = label === undefined ? {} : { label };
        const place = {
          pos: `${latitude.toFixed(6)} ${longitude.toFixed(6)}`,
          ...named,
          timestamp: at,
          timeOffset: 540,
        };
        return { geolocationPushMessage: place };
      }
      case 'media': {
        const file = {
          fileUrl: this.files.absolute(content.url),
          fileName: content.name,
          fileMIMEType: content.mimeType,
          fileSize: content.size ?? 0,
        };
        if (!content.mimeType.startsWith('audio/')) return { fileMessage: file };
        return { audioMessage: content.seconds ? { ...file, playingLength: content.seconds } : file };
      }
      case 'cards':
        return {};
    }
  }
}
