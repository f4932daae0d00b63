/**
 * Says what is going on and how long it takes: on a terminal in one line that counts along, elsewhere in a line at the
 * beginning and one at the end.
 */
export class Steps {
  #out;
  #current = null;
  #timer = null;

  constructor(out = process.stdout) {
    this.#out = out;
  }

  title(text) {
    this.#out.write(`\n  ${text}\n\n`);
  }

  /** Begins a step; the one before it is done. */
  begin(text) {
    this.done();
    this.#current = { text, since: Date.now(), told: 0 };
    if (this.#out.isTTY) this.#draw();
    this.#timer = setInterval(() => this.#tick(), this.#out.isTTY ? 200 : 1000);
    this.#timer.unref();
  }

  done(text) {
    this.#end(text, '✓');
  }

  failed(text) {
    this.#end(text, '✗');
  }

  /** A line of its own. */
  say(text) {
    this.done();
    this.#out.write(`${text}\n`);
  }

  #end(text, mark) {
    if (!this.#current) return;
    clearInterval(this.#timer);
    const { text: begun, since } = this.#current;
    this.#current = null;
    this.#clear();
    this.#out.write(`  ${mark} ${text ?? begun}  ${seconds(since)}\n`);
  }

  #tick() {
    if (this.#out.isTTY) return this.#draw();
    const quarter = Math.floor((Date.now() - this.#current.since) / 15_000);
    if (quarter === this.#current.told) return;
    this.#current.told = quarter;
    this.#out.write(`  · ${this.#current.text}, ${seconds(this.#current.since)} so far\n`);
  }

  #draw() {
    this.#clear();
    this.#out.write(
      `  · ${this.#current.text}  ${seconds(this.#current.since)}`.slice(0, (this.#out.columns ?? 80) - 1),
    );
  }

  #clear() {
    if (this.#out.isTTY) this.#out.write('\r\x1b[2K');
  }
}

function seconds(since) {
  const passed = (Date.now() - since) / 1000;
  return passed < 10 ? `${passed.toFixed(1)} s` : `${Math.round(passed)} s`;
}
