/** Says "types" while keys are pressed, again every few seconds, and "stopped" once they rest. */
export class Typing {
  #said = 0;
  #timer = null;

  constructor(say) {
    this.say = say;
  }

  touch() {
    if (Date.now() - this.#said > 5_000) {
      this.#said = Date.now();
      this.say(true);
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.stop(), 4_000);
  }

  stop() {
    clearTimeout(this.#timer);
    if (this.#said === 0) return;
    this.#said = 0;
    this.say(false);
  }
}
