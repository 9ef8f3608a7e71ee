/** Something wrong at a place of an expectation's text. */
export class ExpectationFault extends Error {
  override readonly name = "ExpectationFault";
  readonly code: string;
  readonly hint: string | null;
  /** Offset in the text, and how much of it is meant. */
  readonly at: number;
  readonly length: number;

  constructor(code: string, message: string, hint: string | null, at: number, length: number) {
    super(message);
    this.code = code;
    this.hint = hint;
    this.at = at;
    this.length = length;
  }
}

/** A piece of the text and where it stands. */
export interface Piece {
  readonly text: string;
  readonly at: number;
}

const SPACE = /\s*/y;
const WORD = /[A-Za-z_]\w*/y;
/** Names that authors choose: variants, classes, faults, members. Quotes make room for blanks and commas. */
const NAME = /'[^']*'|"[^"]*"|[^\s,()'"<>=!+]+/y;
const VALUE = /[^\s,()'"<>=!+]+/y;

/** Reads an expectation's text from left to right; blanks separate and mean nothing. */
export class Scanner {
  readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  get isAtEnd(): boolean {
    this.match(SPACE);
    return this.at >= this.text.length;
  }

  /** Takes a letter word such as a metric or keyword; null when something else comes. */
  word(): Piece | null {
    return this.piece(WORD);
  }

  /** Takes a name, without its quotes; null when something else comes. */
  name(): Piece | null {
    const piece = this.piece(NAME);
    return piece === null || !/^['"]/.test(piece.text) ? piece : { ...piece, text: piece.text.slice(1, -1) };
  }

  /** Takes a number with its unit; null when something else comes. */
  value(): Piece | null {
    return this.piece(VALUE);
  }

  /** Takes exactly these characters; false when something else comes. */
  take(characters: string): boolean {
    this.match(SPACE);
    if (!this.text.startsWith(characters, this.at)) return false;
    this.at += characters.length;
    return true;
  }

  /** Takes the word when it is the next one. */
  takeWord(word: string): boolean {
    const before = this.at;
    if (this.word()?.text === word) return true;
    this.at = before;
    return false;
  }

  /** A fault at what comes next. */
  unexpected(message: string, hint: string | null): ExpectationFault {
    const isEnd = this.isAtEnd;
    const rest = /^\S+/.exec(this.text.slice(this.at))?.[0] ?? "";
    return isEnd
      ? new ExpectationFault("bad-expectation", `${message}, found nothing`, hint, this.text.length, 1)
      : new ExpectationFault("bad-expectation", `${message}, found "${rest}"`, hint, this.at, rest.length);
  }

  private piece(pattern: RegExp): Piece | null {
    this.match(SPACE);
    const { at } = this;
    const text = this.match(pattern);
    return text === null || text === "" ? null : { text, at };
  }

  private match(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found === null) return null;
    this.at = pattern.lastIndex;
    return found[0];
  }
}
