/** What a message shows on the phone, read out of the wire's form once, when it is taken in. */
export type Content =
  | { type: 'text'; text: string }
  | {
      type: 'media';
      name: string;
      mimeType: string;
      size: number | null;
      url: string;
      thumbnailUrl?: string;
      seconds?: number;
      sticker?: string;
    }
  | { type: 'location'; latitude: number; longitude: number; label?: string }
  | {
      type: 'cards';
      carousel: boolean;
      width: 'small' | 'medium';
      horizontal: boolean;
      imageRight: boolean;
      cards: Card[];
    }
  | { type: 'press'; press: 'reply' | 'action' | 'start'; label: string; postback: string }
  | { type: 'device'; device: DeviceSpecifics };

export interface Card {
  title?: string;
  description?: string;
  media?: { url: string; mimeType: string; height: 'short' | 'medium' | 'tall'; thumbnailUrl?: string; alt?: string };
  suggestions: Suggestion[];
}

export interface Suggestion {
  kind: SuggestionKind;
  label: string;
  postback: string;
  /** What the phone needs to act: `url`, `phone`, `query`, a place, a calendar entry. */
  detail?: Record<string, string | number>;
}

export type SuggestionKind =
  | 'reply'
  | 'url'
  | 'dial'
  | 'map'
  | 'location'
  | 'calendar'
  | 'compose'
  | 'device'
  | 'anonymization'
  | 'settings'
  | 'action';

export interface DeviceSpecifics {
  deviceModel: string;
  platformVersion: string;
  clientVendor: string;
  clientVersion: string;
  batteryRemainingMinutes: number;
}

/** One line for the list of handsets. */
export function previewOf(content: Content): string {
  if (content.type === 'text') return content.text.replace(/\s+/g, ' ').slice(0, 120);
  if (content.type === 'press') return content.label;
  if (content.type === 'cards') return content.cards[0]?.title ?? content.cards[0]?.description ?? '';
  if (content.type === 'location') return content.label ?? '';
  return content.type === 'media' && !content.sticker ? content.name : '';
}
