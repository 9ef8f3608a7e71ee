/** Path of keys and list indexes from the top of a scenario. */
export type KeyPath = readonly (string | number)[];

/** Something wrong with a value, known by its path only; it becomes a Problem when the document gives it a position. */
export interface Finding {
  readonly path: KeyPath;
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
  /** What to underline: the key itself (an unknown key) or what stands behind it. */
  readonly on: "key" | "value";
}

/** What reading one value gave. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly findings: readonly Finding[] };

export function good<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

/** An outcome with one finding about the value itself. */
export function bad(code: string, message: string, hint: string | null = null, path: KeyPath = []): Outcome<never> {
  return { ok: false, findings: [{ path, code, message, hint, on: "value" }] };
}

/** "faults[2].at": how a path is written in messages. */
export function pathText(path: KeyPath): string {
  let text = "";
  for (const step of path) {
    if (typeof step === "number") text += `[${step}]`;
    else text += text === "" ? step : `.${step}`;
  }
  return text;
}

/** A value as it is quoted in messages, cut when long. */
export function shown(value: unknown): string {
  if (value === null) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a section";
  const text = String(value);
  return `"${text.length > 40 ? `${text.slice(0, 39)}…` : text}"`;
}
