import { randomBytes } from "node:crypto";
import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, isAbsolute, join, resolve } from "node:path";
import type { ReadHost } from "../../contract/proxy-family.ts";
import { KnownError } from "../known-error.ts";

/** Larger files are no configurations. */
const LARGEST_BYTES = 16 * 1024 * 1024;

/**
 * Text of a file.
 * @throws KnownError `file-unreadable` when it is missing, a folder, not permitted, larger than 16 MiB or not UTF-8 text.
 */
export function readText(path: string, whatFor: string): string {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch (error) {
    throw new KnownError("file-unreadable", `${path}: ${reasonOf(error)}`, `expected ${whatFor}; check the path`);
  }
  try {
    const stat = fstatSync(file);
    if (stat.isDirectory()) throw new KnownError("file-unreadable", `${path}: is a folder`, `expected ${whatFor}`);
    if (stat.size > LARGEST_BYTES)
      throw new KnownError(
        "file-unreadable",
        `${path}: ${Math.ceil(stat.size / 1048576)} MiB is too large`,
        `expected ${whatFor} of at most 16 MiB`,
      );
    const bytes = readAll(file, stat.size);
    if (bytes.includes(0))
      throw new KnownError("file-unreadable", `${path}: holds NUL bytes, so it is no text`, `expected ${whatFor}`);
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof KnownError) throw error;
    if (error instanceof TypeError)
      throw new KnownError("file-unreadable", `${path}: is not UTF-8 text`, `expected ${whatFor}; save it as UTF-8`);
    throw new KnownError("file-unreadable", `${path}: ${reasonOf(error)}`, `expected ${whatFor}`);
  } finally {
    closeSync(file);
  }
}

/** Devices and pipes say size 0, so read to the end within the limit. */
function readAll(file: number, size: number): Buffer {
  const chunks: Buffer[] = [];
  let total = 0;
  for (;;) {
    const chunk = Buffer.alloc(Math.max(65536, size - total + 1));
    const count = readSync(file, chunk, 0, chunk.length, null);
    if (count === 0) return Buffer.concat(chunks, total);
    chunks.push(chunk.subarray(0, count));
    total += count;
    if (total > LARGEST_BYTES) throw new Error("more than 16 MiB");
  }
}

function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "ENOENT") return "no such file";
  if (code === "EACCES" || code === "EPERM") return "permission denied";
  if (code === "ENOTDIR") return "a part of the path is no folder";
  if (code === "EISDIR") return "is a folder";
  if (code === "ENOSPC") return "no space left";
  if (code === "EROFS") return "the file system is read-only";
  return (error as Error).message;
}

/** Writes a file so that it is either whole or not there: under a temporary name, then renamed. */
export function writeAtomically(path: string, content: string | Uint8Array): void {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(4).toString("hex")}.tmp`);
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(temporary, content);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw new KnownError(
      "output-unwritable",
      `${path}: ${reasonOf(error)}`,
      "choose another place with --report-dir or --out",
    );
  }
}

/**
 * Fails at once when files could not be written there after a long run; leaves nothing behind.
 * @throws KnownError `output-unwritable`
 */
export function assertWritable(folder: string): void {
  const probe = join(folder, `.${randomBytes(4).toString("hex")}.tmp`);
  const made: string[] = [];
  try {
    for (let path = resolve(folder); !exists(path); path = dirname(path)) made.unshift(path);
    for (const path of made) mkdirSync(path);
    writeFileSync(probe, "");
    rmSync(probe);
  } catch (error) {
    throw new KnownError(
      "output-unwritable",
      `${folder}: ${reasonOf(error)}`,
      "choose another place with --report-dir or --out",
    );
  } finally {
    for (const path of made.reverse()) removeIfEmpty(path);
  }
}

function exists(path: string): boolean {
  try {
    statSync(path);
    return true;
  } catch {
    return false;
  }
}

function removeIfEmpty(path: string): void {
  try {
    if (readdirSync(path).length === 0) rmSync(path, { recursive: true });
  } catch {
    // It was not made after all.
  }
}

/** The outside as a configuration reader sees it: paths as written, relative ones looked up beside `beside`. */
export function fileHost(beside: string, env: Readonly<Record<string, string | undefined>>): ReadHost {
  const at = (path: string): string => (isAbsolute(path) ? path : join(dirname(beside), path));
  const known: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) if (value !== undefined) known[name] = value;
  return {
    env: known,
    load: (path) => {
      try {
        return readText(at(path), "a text file");
      } catch {
        return null;
      }
    },
    list: (pattern) => listMatches(at(pattern)),
  };
}

function listMatches(pattern: string): readonly string[] {
  const parts = pattern.split("/");
  let found = [isAbsolute(pattern) ? "/" : "."];
  for (const part of parts.filter((text) => text !== "")) {
    const matches = wildcard(part);
    found = found.flatMap((folder) =>
      matches === null
        ? [join(folder, part)].filter(exists)
        : childrenOf(folder)
            .filter((name) => matches.test(name))
            .map((name) => join(folder, name)),
    );
  }
  return found.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

function childrenOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function wildcard(part: string): RegExp | null {
  if (!/[*?[]/.test(part)) return null;
  const source = part
    .replace(/[.+^${}()|\\]/g, "\\$&")
    .replaceAll("*", "[^/]*")
    .replaceAll("?", "[^/]");
  return new RegExp(`^(?!\\.)${source}$`);
}
