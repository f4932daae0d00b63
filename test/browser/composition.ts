import type { CDPSession } from 'playwright-core';
import type { ConsoleWindow } from './console-window.js';

/** Typing with an input method, as Chromium hands it to the page. */
export class Composition {
  private constructor(private readonly session: CDPSession) {}

  static async begin(window: ConsoleWindow, reading: string): Promise<Composition> {
    const session = await window.page.context().newCDPSession(window.page);
    await session.send('Input.imeSetComposition', {
      text: reading,
      selectionStart: reading.length,
      selectionEnd: reading.length,
    });
    return new Composition(session);
  }

  /** A key that the input method takes, as the page hears of it. */
  async press(key: string, code: number, { ctrl = false } = {}): Promise<void> {
    const event = { key, windowsVirtualKeyCode: code, modifiers: ctrl ? 2 : 0 };
    await this.session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...event });
    await this.session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event });
  }

  async commit(text: string): Promise<void> {
    await this.session.send('Input.insertText', { text });
  }
}
