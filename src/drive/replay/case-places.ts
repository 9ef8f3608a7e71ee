import type { RecordedCase } from "./recorded-case.ts";

const FIRST_PORT = 20_001;
const LISTEN_PORT = 20_000;

/**
 * The placeholders of a case ({{node1}}, {{node1.host}}, {{listen}}, {{dir}} …) and what stands for them in a replay:
 * made-up addresses on the way in, the placeholders again on the way out.
 */
export class CasePlaces {
  readonly fileName = "{{dir}}/proxy.conf";
  private readonly script: RecordedCase;
  private readonly shown: (readonly [placeholder: string, text: string])[] = [];
  private readonly addresses: string[] = [];

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
    for (const [i, name] of ["listen", "listen2", "listen3"].entries()) {
      const port = LISTEN_PORT - i;
      this.shown.push([`{{${name}}}`, `127.0.0.1:${port}`], [`{{${name}.port}}`, String(port)]);
    }
  }

  /** Replaces the placeholders by the addresses of the replay. */
  show(text: string): string {
    let result = text;
    for (const [placeholder, shown] of this.shown) result = result.replaceAll(placeholder, shown);
    return result;
  }

  /** Replaces the replay's backend addresses by placeholders. */
  hide(text: string): string {
    let result = text;
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
    const known = this.addresses.indexOf(address);
    if (known >= 0) return known;
    const host = address.replace(/:\d+$/, "");
    return /^[\d.]+$/.test(host) || host.includes(":") || host === "localhost" ? this.script.backends.length : -1;
  }

  load(path: string): string | null {
    const name = path.replace(/^\{\{dir\}\}\//, "");
    const text = this.script.files[name];
    return text === undefined ? null : this.show(text);
  }

  list(pattern: string): readonly string[] {
    return this.load(pattern) === null ? [] : [pattern];
  }
}
