import { resolve } from "node:path";
import type { BalancingIntent, Remark } from "../../contract/balancing-intent.ts";
import type { ProxyFamily, Reading } from "../../contract/proxy-family.ts";
import { besideHost } from "../../experiment/beside-host.ts";
import { FAMILIES } from "../../proxies/families.ts";
import { ExitCode } from "../exit-code.ts";
import { fileHost } from "../host/file-host.ts";
import type { Output } from "../host/output.ts";
import { readText } from "../host/read-text.ts";
import { assertWritable, writeFiles } from "../host/write-files.ts";
import { KnownError } from "../known-error.ts";
import { recogniseFamily } from "./checked-file.ts";

export interface ConvertOptions {
  readonly to: string;
  /** Null = by the look of the file. */
  readonly from: string | null;
  /** Null = stdout. */
  readonly out: string | null;
  readonly json: boolean;
  /** Environment of the proxy. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

const OUT_HINT = "choose another place with --out FILE";

/** Families that can be written; all of them can be read, too. */
export const CONVERTIBLE: readonly string[] = FAMILIES.flatMap(({ name, intent, write }) =>
  intent === undefined || write === undefined ? [] : [name],
);

/** `lbsim convert --to FAMILY FILE`: the nearest configuration of another family, with comments where the meaning is lost. */
export function convert(file: string, options: ConvertOptions, output: Output): number {
  const text = readText(file, { whatFor: "a proxy configuration", anyBytes: true });
  const from = options.from === null ? recogniseFamily(file, text) : familyNamed(options.from);
  const to = familyNamed(options.to);
  if (from === to)
    throw new KnownError(
      "nothing-to-convert",
      `${file}: is a configuration of ${from.name} already`,
      `choose another family: ${CONVERTIBLE.filter((name) => name !== to.name).join(", ")}`,
    );
  if (options.out !== null) assertFree(options.out, file);
  const written = to.write?.(intentOf(file, text, from, options));
  if (written === undefined) throw new RangeError(`${to.name} can't be written`);
  assertAccepted(file, written.text, to);
  const { remarks } = written;
  if (options.out !== null) writeFiles([{ path: options.out, content: written.text }], OUT_HINT);
  if (options.json)
    output.out(`${JSON.stringify({ file, from: from.name, to: to.name, text: written.text, remarks }, null, 1)}\n`);
  else if (options.out === null) output.out(written.text);
  output.err(summary(from, to, remarks, options.out));
  return ExitCode.FINE;
}

/** @throws KnownError when nothing can be written there, or it is the very file that is read */
function assertFree(out: string, file: string): void {
  if (resolve(out) === resolve(file))
    throw new KnownError("output-conflict", `${out}: is the file that is converted`, OUT_HINT);
  assertWritable(out, OUT_HINT);
}

function familyNamed(name: string): ProxyFamily {
  const family = FAMILIES.find((each) => each.name === name);
  if (family === undefined)
    throw new KnownError(
      "unknown-family",
      `"${name}" is no family that lbsim knows`,
      `known: ${CONVERTIBLE.join(", ")}`,
    );
  return family;
}

/** @throws KnownError when the real program would refuse the file, or nothing in it is balanced */
function intentOf(file: string, text: string, family: ProxyFamily, { env }: ConvertOptions): BalancingIntent {
  const host = besideHost(fileHost(env), file, text);
  const reading = family.read(file, text, host, {});
  const { refusal, config } = reading;
  if (refusal !== null || config === null) {
    const message = refusal?.text ?? `${family.name} would refuse it`;
    const problem = {
      code: "configuration-refused",
      severity: "error",
      message,
      hint: refusal?.hint ?? null,
      position: refusal?.position ?? null,
    } as const;
    const textOf = (path: string): string | null => (path === file ? text : host.load(path));
    throw new KnownError("configuration-refused", message, problem.hint, [problem], textOf);
  }
  const intent = family.intent?.(config);
  if (intent === undefined || intent.groups.length === 0 || intent.sites.length === 0)
    throw new KnownError(
      "nothing-to-convert",
      `${file}: no request reaches a group of members in it`,
      "lbsim convert carries balancing over: a listening socket, paths, and the members behind them",
    );
  return { ...intent, leftOut: [...intent.leftOut, ...passedOver(reading)] };
}

/** Directives that the simulation does not act on and that bear on results; the others change nothing about balancing. */
function passedOver({ passedOver: all }: Reading<unknown>): BalancingIntent["leftOut"] {
  return all
    .filter(({ kind }) => kind === "unmodelled")
    .map(({ directive, position }) => ({ what: directive, position }));
}

/** What was written must be taken by the program that it is written for. */
function assertAccepted(file: string, text: string, family: ProxyFamily): void {
  const host = besideHost(fileHost({}), file, "");
  const { refusal } = family.read("converted", text, host, { missingFiles: "assume" });
  if (refusal === null) return;
  throw new KnownError(
    "conversion-refused",
    `${file}: ${family.name} would refuse what lbsim makes of it: ${refusal.text}`,
    "nothing was written; a name or path in the file may hold characters that the other program does not take",
  );
}

function summary(from: ProxyFamily, to: ProxyFamily, remarks: readonly Remark[], out: string | null): string {
  const count = remarks.length;
  const kinds = [...new Set(remarks.map(({ code }) => code))].join(", ");
  const places = count === 1 ? "1 place" : `${count} places`;
  const written = out === null ? "" : `written: ${out}\n`;
  return `${written}${from.name} to ${to.name}: ${count === 0 ? "nothing is lost" : `the meaning differs in ${places} (${kinds}); comments say why`}\n`;
}
