import { randomUUID } from 'node:crypto';
import type { Door } from '../database/premises.js';
import { said } from '../database/sayings.js';
import { request } from './http-line.js';

/** Of a hundred messages: from whom. */
const MIX = { open: 80, closed: 15 };

/**
 * The customers who write: most go on with a contact that is open, some begin a new one, a few have never written
 * before. Each kind is walked through in a scattered order, so nobody writes twice in a short while.
 */
export class Customers {
  private readonly places = { open: 0, closed: 0, born: 0, turn: 0 };

  constructor(
    private readonly conversations: number,
    private readonly doors: Door[],
    /** Keeps the strangers of one run apart from those of another. */
    private readonly mark = Math.floor(Math.random() * 900) + 100,
  ) {}

  /** A webhook as a carrier would send it; `word` is found in the text again. */
  webhook(word: string = String(this.places.turn)): string {
    const { door, phone } = this.next();
    return webhookFrom(door, phone, `${word} ${said(this.places.turn, 1)}`);
  }

  private next(): { door: Door; phone: string } {
    const turn = (this.places.turn++ * 37) % 100;
    if (turn < MIX.open) return this.known(this.places.open++, 3, 0);
    if (turn < MIX.open + MIX.closed) return this.known(this.places.closed++, 7, 3);
    const born = this.places.born++;
    const phone = `+8170${this.mark}${String(born).padStart(5, '0')}`;
    return { door: this.doors[born % this.doors.length]!, phone };
  }

  /** Of ten numbers in a row the first three have an open contact; see the filling of the database. */
  private known(place: number, ofTen: number, from: number): { door: Door; phone: string } {
    const kind = Math.floor(this.conversations / 10) * ofTen;
    const scattered = (place * 7919) % kind;
    const number = Math.floor(scattered / ofTen) * 10 + from + (scattered % ofTen) + 1;
    return { door: this.doors[number % this.doors.length]!, phone: phoneOf(number) };
  }
}

export const phoneOf = (number: number): string => `+8190${String(number).padStart(8, '0')}`;

/** What a carrier tells when this customer has written. */
export function webhookFrom(door: Door, phone: string, text: string): string {
  const body = JSON.stringify({
    event: 'message',
    RCSMessage: {
      msgId: randomUUID(),
      textMessage: text,
      timestamp: new Date().toISOString(),
    },
    messageContact: { userContact: phone },
  });
  return request('POST', door.path, { authorization: door.token }, body);
}
