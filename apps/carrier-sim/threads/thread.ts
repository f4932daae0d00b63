import type { Entry } from './entry.js';

/** One handset and one official account: what the phone shows, in the phone's order. */
export interface Thread {
  botId: string;
  msisdn: string;
  shown: Entry[];
  places: number;
  agentTyping: boolean;
}
