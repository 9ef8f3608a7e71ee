import type { Output } from "./output.ts";

const ERASE_LINE = "\r\u001b[2K";

/** No replication is quicker than this. */
const GIVEN_MS = 1;

/** One line on stderr while a long run goes on; nothing when stderr is no terminal. */
export class Progress {
  private readonly output: Output;
  private startedMs = performance.now();
  private lastMs = performance.now();
  /** What a journal held: it took no time, and says nothing about what is left. */
  private given = 0;
  private isShown = false;

  constructor(output: Output) {
    this.output = output;
  }

  update(done: number, of: number): void {
    if (!this.output.showsProgress) return;
    const nowMs = performance.now();
    if (done === this.given + 1 && nowMs - this.lastMs < GIVEN_MS) {
      this.given = done;
      this.startedMs = nowMs;
    }
    this.lastMs = nowMs;
    const seconds = (nowMs - this.startedMs) / 1000;
    const made = done - this.given;
    const left = made === 0 ? 0 : (seconds / made) * (of - done);
    this.output.err(`${ERASE_LINE}${done} of ${of} replications · ${left < 1 ? "<1" : Math.round(left)} s left`);
    this.isShown = true;
  }

  /** Erases the line; what is written next stands in its place. */
  end(): void {
    if (this.isShown) this.output.err(ERASE_LINE);
    this.isShown = false;
  }
}
