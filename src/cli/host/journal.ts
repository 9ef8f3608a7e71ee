import { createHash } from "node:crypto";
import { closeSync, ftruncateSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { KnownError } from "../known-error.ts";
import { linesOf } from "./line-reader.ts";
import { reasonOf } from "./reason-of.ts";
import { makeFolders } from "./write-files.ts";

const FORMAT = "lbsim-journal";
const VERSION = 1;
/** A result whose text is longer is not kept: it would not fit into a string when it is read. */
const LONGEST_RESULT = 200_000_000;

/** Whose tasks a journal holds. */
export interface JournalOwner {
  /** Version of lbsim and behaviour revisions of the families: other code gives other results. */
  readonly program: string;
  /** Hash of the scenario with everything that it reads, its overrides and its seed. */
  readonly experiment: string;
  /** The scenario's file, for messages. */
  readonly file: string;
}

/**
 * The finished tasks of a run that has not ended, in a file beside its outputs. The first line says whose they are; each
 * further line is one task: the hash of the task, a checksum and the result as JSON. A line is appended in one write, so
 * that whoever kills the process spoils at most the last one; what is spoilt is run again. The file is made with the
 * first result and removed when the run has ended.
 */
export class Journal {
  readonly path: string;
  private readonly owner: JournalOwner;
  /** Where the result of each task stands in the file: they would not all fit into memory. */
  private readonly known = new Map<string, { readonly at: number; readonly length: number }>();
  private file: number | null = null;
  private end = 0;

  private constructor(path: string, owner: JournalOwner) {
    this.path = path;
    this.owner = owner;
  }

  /** An empty journal: what lies at `path` is replaced by the first result. */
  static begin(path: string, owner: JournalOwner): Journal {
    return new Journal(path, owner);
  }

  /**
   * The journal that lies at `path`, to go on with it; an empty one when there is none.
   * @throws KnownError `journal-foreign` when it belongs to another scenario, seed or version, or is none.
   */
  static resume(path: string, owner: JournalOwner): Journal {
    const journal = new Journal(path, owner);
    const file = openIfThere(path);
    if (file === null) return journal;
    try {
      journal.read(file);
    } catch (error) {
      closeSync(file);
      throw error;
    }
    journal.file = file;
    return journal;
  }

  private read(file: number): void {
    let header: string | null = null;
    for (const { at, bytes } of linesOf(file)) {
      if (header === null) {
        header = bytes.toString("utf8");
        checkOwner(this.path, header, this.owner);
      } else {
        const [key = "", sum = ""] = bytes.toString("utf8", 0, 100).split(" ", 2);
        const text = bytes.subarray(key.length + sum.length + 2);
        if (sum !== checksum(text)) break;
        this.known.set(key, { at: at + key.length + sum.length + 2, length: text.length });
      }
      this.end = at + bytes.length + 1;
    }
    if (header === null) checkOwner(this.path, "", this.owner);
    // What stands behind the last whole line was being written when the process died.
    ftruncateSync(file, this.end);
  }

  /** Number of finished tasks that it holds. */
  get size(): number {
    return this.known.size;
  }

  /** The result of a task, or undefined. */
  find(key: string): unknown {
    const place = this.known.get(key);
    if (place === undefined || this.file === null) return undefined;
    const bytes = Buffer.alloc(place.length);
    for (let read = 0; read < place.length; ) {
      const more = readSync(this.file, bytes, read, place.length - read, place.at + read);
      if (more === 0) return undefined;
      read += more;
    }
    return JSON.parse(bytes.toString("utf8"));
  }

  /** @throws KnownError `output-unwritable` */
  add(key: string, result: unknown): void {
    const text = Buffer.from(JSON.stringify(result));
    if (text.length > LONGEST_RESULT) return;
    try {
      if (this.file === null) {
        makeFolders(dirname(this.path));
        this.file = openSync(this.path, "w+");
        this.append(this.file, Buffer.from(`${JSON.stringify({ format: FORMAT, version: VERSION, ...this.owner })}\n`));
      }
      const start = Buffer.from(`${key} ${checksum(text)} `);
      const at = this.end + start.length;
      this.append(this.file, Buffer.concat([start, text, Buffer.from("\n")]));
      this.known.set(key, { at, length: text.length });
    } catch (error) {
      throw new KnownError("output-unwritable", `${this.path}: ${reasonOf(error)}`, "choose another --report-dir");
    }
  }

  /** One write unless the system takes less than all of it. */
  private append(file: number, bytes: Buffer): void {
    for (let from = 0; from < bytes.length; )
      from += writeSync(file, bytes, from, bytes.length - from, this.end + from);
    this.end += bytes.length;
  }

  /** The file stays for a later `--resume`. */
  close(): void {
    if (this.file !== null) closeSync(this.file);
    this.file = null;
  }

  /** The run has ended and its outputs are written: nobody needs the journal any more. */
  remove(): void {
    this.close();
    rmSync(this.path, { force: true });
  }
}

function checkOwner(path: string, line: string, owner: JournalOwner): void {
  const foreign = (why: string): KnownError =>
    new KnownError(
      "journal-foreign",
      `${path}: ${why}`,
      "start anew without --resume, which replaces it, or choose another --report-dir",
    );
  let header: Partial<JournalOwner> & { readonly format?: unknown; readonly version?: unknown };
  try {
    header = Object(JSON.parse(line));
  } catch {
    header = {};
  }
  if (header.format !== FORMAT) throw foreign("this is no journal of lbsim");
  if (header.version !== VERSION || header.program !== owner.program)
    throw foreign(`made by ${String(header.program)}; this is ${owner.program}, whose results would not fit`);
  if (header.file !== owner.file) throw foreign(`it belongs to ${String(header.file)}, not to ${owner.file}`);
  if (header.experiment !== owner.experiment)
    throw foreign(`${owner.file}, a file that it reads, --set or --seed have changed since`);
}

function openIfThere(path: string): number | null {
  try {
    return openSync(path, "r+");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw new KnownError("file-unreadable", `${path}: ${reasonOf(error)}`, "it holds the finished tasks of the run");
  }
}

function checksum(text: Buffer): string {
  return sha256(text).slice(0, 16);
}

/** SHA-256 in hexadecimal digits. */
export function sha256(text: string | Buffer): string {
  return createHash("sha256").update(text).digest("hex");
}
