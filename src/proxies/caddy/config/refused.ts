import type { Position } from "../../../contract/problem.ts";

/** Caddy would not load the configuration; `text` is what it says, without "Error: ". */
export class Refused extends Error {
  readonly position: Position | null;

  constructor(text: string, position: Position | null) {
    super(text);
    this.position = position;
  }
}
