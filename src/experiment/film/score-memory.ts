/** What a score of a member was last, and how much a decision changed it: of those that lost, and of those that won. */
interface Remembered<Value> {
  last: Value;
  readonly growth: [lost: number, won: number];
}

const MEMBERS = 65_536;

/** The scores that were told of last: what a score was before a decision is mostly what it was after the one before. */
export class ScoreMemory<Value> {
  private readonly scores = new Map<number, Remembered<Value>>();
  private readonly first: Value;

  constructor(first: Value) {
    this.first = first;
  }

  /** @param name index of the score's name among the texts of the film */
  of(member: number, name: number): Remembered<Value> {
    const key = name * MEMBERS + member;
    const known = this.scores.get(key);
    if (known !== undefined) return known;
    const made: Remembered<Value> = { last: this.first, growth: [0, 0] };
    this.scores.set(key, made);
    return made;
  }
}
