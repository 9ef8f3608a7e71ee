/**
 * A piece of text on its way through the world (a request target, a Host, a Cookie header, a Set-Cookie line).
 *
 * Texts are shared by reference, never copied: the same cookie header of a client is the same object on every request,
 * so whoever must understand it parses it once and keeps what it found in a memo. There are two memos because two
 * parties read the same text: the proxy, and the world around it (jar, application). A memo may depend on the
 * configuration and on the text alone, never on time or state; one that holds parts of a machine says whose they are, for
 * several machines of one configuration may read the same text.
 */
export class Text {
  readonly text: string;
  /** Length of the text, at hand without a look at the text itself. */
  readonly length: number;
  /** What the proxy family read out of the text; only the family knows its shape. */
  proxyMemo: unknown = undefined;
  /** What the clients or backends read out of the text; only the model knows its shape. */
  worldMemo: unknown = undefined;

  constructor(text: string) {
    this.text = text;
    this.length = text.length;
  }
}
