import type { Output } from "./output.ts";

/** One line on stderr while a long run goes on; nothing when stderr is no terminal. */
export class Progress {
  private readonly output: Output;
  private readonly startedMs = performance.now();
  private shown = false;

  constructor(output: Output) {
    this.output = output;
  }

  update(done: number, of: number): void {
    if (!this.output.showsProgress) return;
    const seconds = (performance.now() - this.startedMs) / 1000;
    const left = done === 0 ? 0 : (seconds / done) * (of - done);
    this.output.err(`\r\u001b[2K${done} of ${of} replications · ${left < 1 ? "<1" : Math.round(left)} s left`);
    this.shown = true;
  }

  end(): void {
    if (this.shown) this.output.err("\r\u001b[2K");
    this.shown = false;
  }
}
