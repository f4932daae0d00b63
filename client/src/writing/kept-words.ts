/** So many are enough: each can be taken back for some seconds only. */
const MOST = 20;

/**
 * What one wrote, as one wrote it, for as long as it can be taken back: what comes back from the server has its card
 * numbers covered.
 */
export class KeptWords {
  private readonly words = new Map<string, string>();

  keep(messageId: string, text: string): void {
    this.words.set(messageId, text);
    for (const oldest of this.words.keys()) {
      if (this.words.size <= MOST) break;
      this.words.delete(oldest);
    }
  }

  take(messageId: string): string | undefined {
    const text = this.words.get(messageId);
    this.words.delete(messageId);
    return text;
  }

  clear(): void {
    this.words.clear();
  }
}
