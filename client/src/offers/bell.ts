/** Two soft tones, a fourth apart: heard across a room, and not twice the same as a telephone. */
const TONES = [
  { hertz: 784, at: 0 },
  { hertz: 1046.5, at: 0.16 },
] as const;
const LENGTH_S = 0.55;
const LOUDNESS = 0.16;

/** The sound of an offer, made here: no file to fetch in the moment in which it is needed. */
export class Bell {
  private context: AudioContext | null = null;

  /** @returns whether it was heard; a browser keeps a page silent until somebody has pressed something in it */
  async ring(): Promise<boolean> {
    if (typeof AudioContext === 'undefined') return false;
    this.context ??= new AudioContext();
    const { context } = this;
    if (context.state === 'suspended') await resumed(context);
    if (context.state !== 'running') return false;
    for (const { hertz, at } of TONES) strike(context, hertz, context.currentTime + at);
    return true;
  }
}

/** Where it is not allowed, `resume` waits for a press, possibly for ever. */
async function resumed(context: AudioContext): Promise<void> {
  await Promise.race([context.resume(), new Promise((done) => setTimeout(done, 300))]);
}

function strike(context: AudioContext, hertz: number, at: number): void {
  const tone = context.createOscillator();
  const volume = context.createGain();
  tone.type = 'sine';
  tone.frequency.value = hertz;
  // From nothing and back to nothing: an edge would click.
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(LOUDNESS, at + 0.012);
  volume.gain.exponentialRampToValueAtTime(0.0001, at + LENGTH_S);
  tone.connect(volume).connect(context.destination);
  tone.start(at);
  tone.stop(at + LENGTH_S);
}
