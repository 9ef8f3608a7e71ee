import { randomBytes } from "node:crypto";
import {
  mkdirSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { KnownError } from "../known-error.ts";
import { reasonOf } from "./reason-of.ts";

export interface FileToWrite {
  readonly path: string;
  readonly content: string | Uint8Array;
}

/**
 * Writes files so that each is either whole or as it was before: all under temporary names first, then renamed. Folders
 * are made. A device or pipe (`/dev/null`) is written to as it is.
 * @throws KnownError `output-unwritable`; then no file was changed unless the renaming itself failed.
 */
export function writeFiles(files: readonly FileToWrite[], hint: string): void {
  const begun: { temporary: string; target: string }[] = [];
  let current = "";
  try {
    for (const { path, content } of files) {
      current = path;
      const target = realTarget(path);
      if (isSpecial(target)) {
        writeFileSync(target, content);
        continue;
      }
      makeFolders(dirname(target));
      const temporary = temporaryBeside(target);
      begun.push({ temporary, target });
      writeFileSync(temporary, content);
    }
    for (const { temporary, target } of begun) {
      current = target;
      renameSync(temporary, target);
    }
  } catch (error) {
    for (const { temporary } of begun) rmSync(temporary, { force: true });
    throw new KnownError("output-unwritable", `${current}: ${whyUnwritable(error)}`, hint);
  }
}

/**
 * Fails at once when a file could not be written there after a long run; leaves nothing behind.
 * @throws KnownError `output-unwritable`
 */
export function assertWritable(path: string, hint: string): void {
  const made: string[] = [];
  let probe = "";
  try {
    const target = realTarget(path);
    const stat = statOf(target);
    if (stat?.isDirectory() === true) throw new KnownError("output-unwritable", `${path}: is a folder`, hint);
    if (stat !== null && !stat.isFile()) return;
    makeFolders(dirname(target), made);
    probe = temporaryBeside(target);
    writeFileSync(probe, "");
  } catch (error) {
    if (error instanceof KnownError) throw error;
    throw new KnownError("output-unwritable", `${path}: ${whyUnwritable(error)}`, hint);
  } finally {
    if (probe !== "") rmSync(probe, { force: true });
    for (const folder of made.reverse()) removeIfEmpty(folder);
  }
}

/**
 * Makes a folder with those above it, and names what it made. Not by `recursive`: below a file system that has no such
 * folder and takes none (`/proc`) Node 20 then tries for ever.
 */
export function makeFolders(folder: string, made: string[] = []): void {
  const missing: string[] = [];
  for (let each = resolve(folder); statOf(each) === null; each = dirname(each)) missing.unshift(each);
  for (const each of missing) {
    mkdirSync(each);
    made.push(each);
  }
}

/** What is missing is a folder that could not be made either. */
function whyUnwritable(error: unknown): string {
  return (error as NodeJS.ErrnoException).code === "ENOENT" ? "no such folder, and none can be made" : reasonOf(error);
}

/** The file behind a symbolic link: renaming would replace the link. */
function realTarget(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function isSpecial(path: string): boolean {
  const stat = statOf(path);
  return stat !== null && !stat.isFile() && !stat.isDirectory();
}

/** Null when there is nothing of that name; other refusals (a file as a folder, a loop of links) are thrown. */
function statOf(path: string): Stats | null {
  try {
    return statSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

function temporaryBeside(path: string): string {
  return join(dirname(path), `.${basename(path).slice(0, 100)}.${randomBytes(4).toString("hex")}.tmp`);
}

function removeIfEmpty(folder: string): void {
  try {
    if (readdirSync(folder).length === 0) rmdirSync(folder);
  } catch {
    // It was not made after all.
  }
}
