import type { Locator, Page } from 'playwright-core';
import type { Customer } from '../support/customer.js';

/** The simulator's page with one phone on it, in its owner's hand: whatever comes is read at once. */
export class HandsetWindow {
  constructor(
    readonly page: Page,
    private readonly customer: Customer,
  ) {}

  async open(simulator: string): Promise<void> {
    const { phone, botId } = this.customer;
    await this.page.goto(`${simulator}/?phones=${phone}&bot=${encodeURIComponent(botId)}`);
    await this.phone.waitFor();
  }

  get phone(): Locator {
    return this.page.locator(`[data-handset="${this.customer.phone}"]`);
  }

  async writes(text: string): Promise<void> {
    const input = this.phone.getByTestId('handset-input');
    await input.fill(text);
    await input.press('Enter');
  }

  /** A bubble of this text; `from` tells whose. */
  bubble(text: string, from: 'customer' | 'bot'): Locator {
    return this.phone.locator(`[data-message-id][data-from="${from}"]`).filter({ hasText: text });
  }
}
