import { speakerOf, type TabFace } from './speaker.js';

const PREFIX = 'madoguchi.tab ';

/**
 * The tabs of the console in this browser. Each holds a lock whose name says how it is; whoever wants to know asks the
 * browser which locks are held. Not messages between tabs: a tab that was closed, crashed or put to sleep says nothing, and
 * its timers run late; its lock falls with it.
 */
export class Tabs {
  private readonly id = crypto.randomUUID();
  private face: TabFace;
  /** Of the locks that this tab holds, by name: one, or for a moment two. */
  private readonly releases = new Map<string, () => void>();

  /** @param locks undefined outside of a secure context: then each tab speaks for itself, twice being better than never */
  constructor(
    private readonly locks: LockManager | undefined,
    private readonly now: () => number,
  ) {
    this.face = { id: this.id, audible: false, visible: false, seenAt: 0 };
  }

  get audible(): boolean {
    return this.face.audible;
  }

  /** How this tab is from now on. */
  show(change: Partial<Pick<TabFace, 'audible' | 'visible'>>): void {
    const next = { ...this.face, ...change };
    if (this.face.seenAt > 0 && next.audible === this.face.audible && next.visible === this.face.visible) return;
    this.face = { ...next, seenAt: this.now() };
    this.hold();
  }

  leave(): void {
    this.face = { ...this.face, seenAt: 0 };
    this.releaseAllBut('');
  }

  async speaks(): Promise<boolean> {
    if (!this.locks) return true;
    const { held = [] } = await this.locks.query();
    const others = held.flatMap(({ name }) => readFace(name)).filter(({ id }) => id !== this.id);
    return speakerOf([...others, this.face]) === this.id;
  }

  /** The new face first, the old one away afterwards: there is no moment without. */
  private hold(): void {
    const name = nameOf(this.face);
    const holding = () =>
      new Promise<void>((done) => {
        this.releases.set(name, done);
        this.releaseAllBut(nameOf(this.face));
      });
    this.locks?.request(name, holding).catch(() => undefined);
  }

  private releaseAllBut(name: string): void {
    for (const [held, release] of this.releases) {
      if (held === name) continue;
      this.releases.delete(held);
      release();
    }
  }
}

const nameOf = (face: TabFace): string => PREFIX + JSON.stringify(face);

function readFace(name: string | undefined): TabFace[] {
  if (!name?.startsWith(PREFIX)) return [];
  try {
    return [JSON.parse(name.slice(PREFIX.length)) as TabFace];
  } catch {
    return [];
  }
}
