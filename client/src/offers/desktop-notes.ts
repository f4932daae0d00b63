export type DesktopPermission = 'granted' | 'denied' | 'default' | 'unsupported';

export interface DesktopNote {
  id: string;
  title: string;
  body: string;
  /** Pressed: the console comes forward, and goes there. */
  open?: () => void;
}

/** What the desktop shows while the console is behind other windows. Never what a customer wrote: others see the screen. */
export class DesktopNotes {
  /** Null: put away by hand, and not shown again. */
  private readonly shown = new Map<string, Notification | null>();

  permission(): DesktopPermission {
    return typeof Notification === 'undefined' ? 'unsupported' : Notification.permission;
  }

  /** Only after a press: browsers refuse, and remember, what is asked out of the blue. */
  async ask(): Promise<DesktopPermission> {
    if (typeof Notification === 'undefined') return 'unsupported';
    return await Notification.requestPermission();
  }

  /** @returns false where the browser does not let a page show anything, as on most phones */
  show({ id, title, body, open }: DesktopNote): boolean {
    if (this.shown.has(id)) return true;
    if (this.permission() !== 'granted') return false;
    try {
      const note = new Notification(title, {
        body,
        tag: `madoguchi-${id}`,
        silent: true,
        lang: document.documentElement.lang,
      });
      note.addEventListener('click', () => {
        window.focus();
        open?.();
        note.close();
      });
      note.addEventListener('close', () => this.shown.has(id) && this.shown.set(id, null));
      this.shown.set(id, note);
      return true;
    } catch {
      return false;
    }
  }

  keepOnly(ids: readonly string[]): void {
    for (const [id, note] of this.shown) {
      if (ids.includes(id)) continue;
      this.shown.delete(id);
      note?.close();
    }
  }
}
