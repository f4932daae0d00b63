/** What a page of the bench notes of itself. */
export interface Probe {
  /** Since the page was asked for: rows are painted, and the line stands. */
  usableAt: number | null;
  /** Resolves right after the frame that shows what stands in the page now has been painted. */
  painted: () => Promise<number>;
  /** From a press on something until what `shown` selects has been painted. */
  untilShown: (shown: string) => Promise<number>;
  /** Scrolls by so many pixels a frame. Milliseconds of every frame, and of the longest task. */
  scroll: (selector: string, by: number, seconds: number) => Promise<{ frames: number[]; longest: number }>;
  /** Milliseconds from each key until its character has been painted, since this was called. */
  hearKeys: (selector: string) => { handled: number[]; painted: number[] };
  /** How often another row came to lie under this point, or the row moved; once every frame, until told to stop. */
  watchPoint: (x: number, y: number) => () => { moves: number; looks: number };
}

declare global {
  interface Window {
    bench: Probe;
  }
}

/** Runs in the page, before everything else in it. */
export function probe(): void {
  const painted = (): Promise<number> =>
    new Promise((done) =>
      requestAnimationFrame(() => {
        // The first task after a frame's callbacks comes when it has been drawn.
        const { port1, port2 } = new MessageChannel();
        port1.addEventListener('message', () => done(performance.now()), { once: true });
        port1.start();
        port2.postMessage(0);
      }),
    );

  const appears = (selector: string): Promise<void> =>
    new Promise((done) => {
      if (document.querySelector(selector)) return done();
      const observer = new MutationObserver(() => {
        if (!document.querySelector(selector)) return;
        observer.disconnect();
        done();
      });
      observer.observe(document, {
        childList: true,
        subtree: true,
        attributes: true,
        attributeFilter: ['data-status'],
      });
    });

  const bench: Probe = {
    usableAt: null,
    painted,

    async untilShown(shown) {
      const pressed = new Promise<number>((done) =>
        addEventListener('click', ({ timeStamp }) => done(timeStamp), { capture: true, once: true }),
      );
      const at = await pressed;
      await appears(shown);
      return (await painted()) - at;
    },

    async scroll(selector, by, seconds) {
      const element = document.querySelector(selector);
      if (!element) throw new Error(`nothing is ${selector}`);
      let longest = 0;
      const observer = new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
      });
      observer.observe({ type: 'longtask' });
      const frames: number[] = [];
      const started = performance.now();
      let last = started;
      await new Promise<void>((done) => {
        const frame = (now: number): void => {
          frames.push(now - last);
          last = now;
          element.scrollTop += by;
          if (now - started < seconds * 1000) requestAnimationFrame(frame);
          else done();
        };
        requestAnimationFrame(frame);
      });
      observer.disconnect();
      return { frames: frames.slice(1), longest };
    },

    hearKeys(selector) {
      const element = document.querySelector(selector);
      if (!element) throw new Error(`nothing is ${selector}`);
      const heard = { handled: [] as number[], painted: [] as number[] };
      let pressedAt = 0;
      element.addEventListener('keydown', ({ timeStamp }) => (pressedAt = timeStamp), { capture: true });
      element.addEventListener('input', () => {
        const at = pressedAt;
        // After every listener, and after what they have asked to be done before anything else.
        setTimeout(() => heard.handled.push(performance.now() - at));
        void painted().then((then) => heard.painted.push(then - at));
      });
      return heard;
    },

    watchPoint(x, y) {
      const look = (): string => {
        const row = document.elementFromPoint(x, y)?.closest('[data-conversation-id]');
        return row ? `${row.getAttribute('data-conversation-id')} ${row.getBoundingClientRect().top}` : 'none';
      };
      let last = look();
      let moves = 0;
      let looks = 0;
      let frame = 0;
      const again = (): void => {
        const now = look();
        looks += 1;
        if (now !== last) moves += 1;
        last = now;
        frame = requestAnimationFrame(again);
      };
      frame = requestAnimationFrame(again);
      return () => {
        cancelAnimationFrame(frame);
        return { moves, looks };
      };
    },
  };

  window.bench = bench;
  void Promise.all([
    appears('[data-testid="conversation-row"]').then(painted),
    appears('[data-testid="connection"][data-status="online"]').then(painted),
  ]).then((times) => (bench.usableAt = Math.max(...times)));
}
