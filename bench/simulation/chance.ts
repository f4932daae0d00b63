/**
 * Chance by name: the same seed and the same words give the same number, in whatever order they are asked for. So two
 * strategies meet the same customers with the same questions, and what differs is the strategy's doing.
 */
export class Chance {
  constructor(private readonly seed: number) {}

  /** From 0 up to, not including, 1. */
  of(...words: (string | number)[]): number {
    let hash = 2_166_136_261 ^ this.seed;
    for (const char of words.join(' ')) hash = Math.imul(hash ^ char.charCodeAt(0), 16_777_619);
    // Neighbouring words must not give neighbouring numbers.
    let mixed = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 4_294_967_296;
  }

  between(low: number, high: number, ...words: (string | number)[]): number {
    return low + this.of(...words) * (high - low);
  }

  exponential(mean: number, ...words: (string | number)[]): number {
    return -mean * Math.log(1 - this.of(...words));
  }

  /** @param spread standard deviation ÷ mean */
  logNormal(mean: number, spread: number, ...words: (string | number)[]): number {
    const variance = Math.log(1 + spread ** 2);
    return mean * Math.exp(Math.sqrt(variance) * this.normal(...words) - variance / 2);
  }

  private normal(...words: (string | number)[]): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.of(...words, 'radius')));
    return radius * Math.cos(2 * Math.PI * this.of(...words, 'angle'));
  }
}
