import type { Output } from "./output.ts";

const ERASE_LINE = "\r\u001b[2K";

/** One line on stderr while a long run goes on; nothing when stderr is no terminal. */
export class Progress {
  private readonly output: Output;
  private readonly startedMs = performance.now();
  private isShown = false;

  constructor(output: Output) {
    this.output = output;
  }

  update(done: number, of: number): void {
    if (!this.output.showsProgress) return;
    const seconds = (performance.now() - this.startedMs) / 1000;
    const left = done === 0 ? 0 : (seconds / done) * (of - done);
    this.output.err(`${ERASE_LINE}${done} of ${of} replications · ${left < 1 ? "<1" : Math.round(left)} s left`);
    this.isShown = true;
  }

  /** Erases the line; what is written next stands in its place. */
  end(): void {
    if (this.isShown) this.output.err(ERASE_LINE);
    this.isShown = false;
  }
}
