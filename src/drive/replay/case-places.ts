import type { RecordedCase } from "./recorded-case.ts";

const FIRST_PORT = 20_001;
const LISTEN_PORT = 20_000;
const LISTENERS = ["listen", "listen2", "listen3"];
const DIR = "{{dir}}";
/** Stands for the folder of the case: braces would mean something to some of the languages. */
const SHOWN_DIR = "/folder-of-the-case";

/**
 * The placeholders of a case ({{node1}}, {{node1.host}}, {{listen}}, {{dir}} …) and what stands for them in a replay:
 * made-up addresses on the way in, the placeholders again on the way out.
 */
export class CasePlaces {
  readonly fileName = "{{dir}}/proxy.conf";
  private readonly script: RecordedCase;
  private readonly shown: (readonly [placeholder: string, text: string])[] = [];
  private readonly addresses: string[] = [];
  readonly listens: readonly string[];

  constructor(script: RecordedCase) {
    this.script = script;
    for (const [i, { name, host, port: fixedPort }] of script.backends.entries()) {
      const port = fixedPort > 0 ? fixedPort : FIRST_PORT + i;
      this.addresses.push(`${host}:${port}`);
      this.shown.push(
        [`{{${name}}}`, `${host}:${port}`],
        [`{{${name}.host}}`, host],
        [`{{${name}.port}}`, String(port)],
      );
    }
    this.listens = LISTENERS.map((_name, i) => `127.0.0.1:${LISTEN_PORT - i}`);
    for (const [i, name] of LISTENERS.entries())
      this.shown.push([`{{${name}}}`, this.listens[i] as string], [`{{${name}.port}}`, String(LISTEN_PORT - i)]);
  }

  /** Replaces the placeholders by the addresses of the replay. */
  show(text: string): string {
    let result = text.replaceAll(DIR, SHOWN_DIR);
    for (const [placeholder, shown] of this.shown) result = result.replaceAll(placeholder, shown);
    return result;
  }

  /** Replaces the replay's backend addresses and its folder by placeholders. */
  hide(text: string): string {
    let result = text.replaceAll(SHOWN_DIR, DIR);
    for (const [i, address] of this.addresses.entries()) result = result.replaceAll(address, `{{${this.nameOf(i)}}}`);
    return result;
  }

  hideIn(row: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
    return Object.fromEntries(
      Object.entries(row).map(([key, value]) => [key, typeof value === "string" ? this.hide(value) : value]),
    );
  }

  nameOf(backend: number): string {
    return this.script.backends[backend]?.name ?? "";
  }

  /** Backend at an address; one past the last = an address where nobody listens; −1 = a name that does not resolve. */
  backendOf(address: string): number {
    const known = this.addresses.indexOf(address.replace(/^localhost:/, "127.0.0.1:"));
    if (known >= 0) return known;
    const host = address.replace(/:\d+$/, "");
    return /^[\d.]+$/.test(host) || host.includes(":") || host === "localhost" ? this.script.backends.length : -1;
  }

  load(path: string): string | null {
    const text = this.script.files[path.slice(frontOf(path).length)];
    return text === undefined ? null : this.show(text);
  }

  /** Files of the case that match a pattern of the shell's kind, in the order in which programs read them. */
  list(pattern: string): readonly string[] {
    const front = frontOf(pattern);
    const source = pattern
      .slice(front.length)
      .replace(/[.+^${}()|\\]/g, "\\$&")
      .replaceAll("*", "[^/]*")
      .replaceAll("?", "[^/]");
    const matches = new RegExp(`^${source}$`);
    return Object.keys(this.script.files)
      .filter((name) => matches.test(name))
      .sort((a, b) => (a < b ? -1 : 1))
      .map((name) => front + name);
  }
}

/** The folder of the case in front of a path, with its slash; "" when the path does not begin with it. */
function frontOf(path: string): string {
  const folder = [DIR, SHOWN_DIR].find((each) => path.startsWith(`${each}/`));
  return folder === undefined ? "" : `${folder}/`;
}
