import { closeSync, fstatSync, openSync, readSync, type Stats, statSync } from "node:fs";
import { KnownError } from "../known-error.ts";
import { reasonOf } from "./reason-of.ts";

/** Larger files are no configurations. */
const LARGEST_BYTES = 16 * 1024 * 1024;
/** What the shell puts in for `<(command)` and what `/dev/stdin` leads to: pipes that somebody writes into. */
const OPEN_PIPE = /^\/(?:dev\/(?:fd\/\d+|stdin)|proc\/self\/fd\/\d+)$/;

export interface TextRules {
  /** What the file should be, for hints: "a scenario (YAML or JSON)". */
  readonly whatFor: string;
  /** Bytes that are not UTF-8 are read as Latin-1 instead of refused: the real proxies do not look at encodings. */
  readonly anyBytes?: boolean;
}

/**
 * Text of a file, without a byte order mark. Reads regular files only (and pipes of the shell): a named pipe or a device
 * might never end.
 * @throws KnownError `file-unreadable` when it is missing, a folder, a device, not permitted, too large or no text.
 */
export function readText(path: string, rules: TextRules): string {
  const refuse = (reason: string, hint = `expected ${rules.whatFor}`): never => {
    throw new KnownError("file-unreadable", `${path}: ${reason}`, hint);
  };
  const stat = statOf(path, rules);
  if (stat.isDirectory()) refuse("is a folder");
  if (!stat.isFile() && !(stat.isFIFO() && OPEN_PIPE.test(path)))
    refuse(stat.isFIFO() ? "is a named pipe" : "is a device or socket, not a file");
  let bytes: Buffer | null = null;
  try {
    bytes = readAll(path, rules);
  } catch (error) {
    if (error instanceof KnownError) throw error;
    refuse(reasonOf(error));
  }
  return decoded(path, bytes as Buffer, rules);
}

function statOf(path: string, { whatFor }: TextRules): Stats {
  try {
    return statSync(path);
  } catch (error) {
    throw new KnownError(
      "file-unreadable",
      `${shown(path)}: ${reasonOf(error)}`,
      `expected ${whatFor}; check the path`,
    );
  }
}

function shown(path: string): string {
  return path === "" ? '""' : path.length > 300 ? `${path.slice(0, 100)}…` : path;
}

/** Files in /proc and pipes say size 0, so read to the end within the limit. */
function readAll(path: string, { whatFor }: TextRules): Buffer {
  const file = openSync(path, "r");
  try {
    const { size } = fstatSync(file);
    const chunks: Buffer[] = [];
    let total = 0;
    while (total <= LARGEST_BYTES && size <= LARGEST_BYTES) {
      const chunk = Buffer.alloc(Math.max(65536, size - total + 1));
      const count = readSync(file, chunk, 0, chunk.length, null);
      if (count === 0) return Buffer.concat(chunks, total);
      chunks.push(chunk.subarray(0, count));
      total += count;
    }
  } finally {
    closeSync(file);
  }
  throw new KnownError("file-unreadable", `${path}: is larger than 16 MiB`, `expected ${whatFor} of at most 16 MiB`);
}

function decoded(path: string, bytes: Buffer, { whatFor, anyBytes }: TextRules): string {
  const binary = bytes.indexOf(0);
  if (binary >= 0)
    throw new KnownError(
      "file-unreadable",
      `${path}:${lineAt(bytes, binary)}: holds NUL bytes, so it is no text`,
      `expected ${whatFor}`,
    );
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    if (anyBytes === true) return bytes.toString("latin1");
    const line = lineAt(bytes, firstBadByte(bytes));
    throw new KnownError(
      "file-unreadable",
      `${path}:${line}: is not UTF-8 text`,
      `expected ${whatFor}; save it as UTF-8`,
    );
  }
}

/** Where decoding and encoding again first gives other bytes. */
function firstBadByte(bytes: Buffer): number {
  const again = Buffer.from(bytes.toString("utf8"), "utf8");
  let at = 0;
  while (at < bytes.length && bytes[at] === again[at]) at++;
  return at;
}

function lineAt(bytes: Buffer, offset: number): number {
  let line = 1;
  for (let i = 0; i < offset; i++) if (bytes[i] === 0x0a) line++;
  return line;
}
