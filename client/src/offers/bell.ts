import type { SignalKind } from '#libs/contracts/index.js';

interface Tone {
  hertz: number;
  at: number;
}

/** Each kind of news has its own: an offer is heard across a room, the others are soft and short. */
const tones: Record<SignalKind, readonly Tone[]> = {
  offer: [
    { hertz: 784, at: 0 },
    { hertz: 1046.5, at: 0.16 },
  ],
  queue: [
    { hertz: 659.3, at: 0 },
    { hertz: 659.3, at: 0.2 },
  ],
  message: [{ hertz: 880, at: 0 }],
  mention: [
    { hertz: 880, at: 0 },
    { hertz: 1174.7, at: 0.1 },
    { hertz: 880, at: 0.2 },
  ],
  due: [
    { hertz: 1046.5, at: 0 },
    { hertz: 784, at: 0.16 },
  ],
};
const LENGTH_S = 0.55;
const LOUDEST = 0.27;

/** Sounds, made here: no file to fetch in the moment in which it is needed. */
export class Bell {
  private context: AudioContext | null = null;

  /** @returns whether it was heard; a browser keeps a page silent until somebody has pressed something in it */
  async ring(kind: SignalKind = 'offer', volume = 0.6): Promise<boolean> {
    if (typeof AudioContext === 'undefined') return false;
    this.context ??= new AudioContext();
    const { context } = this;
    if (context.state === 'suspended') await resumed(context);
    if (context.state !== 'running') return false;
    if (volume === 0) return true;
    for (const { hertz, at } of tones[kind]) strike(context, hertz, context.currentTime + at, volume);
    return true;
  }
}

/** Where it is not allowed, `resume` waits for a press, possibly for ever. */
async function resumed(context: AudioContext): Promise<void> {
  await Promise.race([context.resume(), new Promise((done) => setTimeout(done, 300))]);
}

function strike(context: AudioContext, hertz: number, at: number, loud: number): void {
  const tone = context.createOscillator();
  const volume = context.createGain();
  tone.type = 'sine';
  tone.frequency.value = hertz;
  // From nothing and back to nothing: an edge would click.
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(LOUDEST * loud, at + 0.012);
  volume.gain.exponentialRampToValueAtTime(0.0001, at + LENGTH_S);
  tone.connect(volume).connect(context.destination);
  tone.start(at);
  tone.stop(at + LENGTH_S);
}
