import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const PROGRAM = resolve("bin/lbsim.js");

/** How a process ended and what it printed. */
export interface Ended {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves when stderr contains the text, or the process ends. */
  said(text: string): Promise<void>;
}

/** Starts the built program as a user would. */
export function start(words: readonly string[], options: { readonly cwd?: string } = {}): Started {
  const { NO_COLOR: _no, FORCE_COLOR: _force, ...env } = process.env;
  const child = spawn(process.execPath, [PROGRAM, ...words], { ...options, env, stdio: ["ignore", "pipe", "pipe"] });
  let out = "";
  let err = "";
  const waiting: (() => void)[] = [];
  child.stdout.on("data", (data) => {
    out += data;
  });
  child.stderr.on("data", (data) => {
    err += data;
    for (const look of waiting) look();
  });
  const ended = new Promise<Ended>((done) => child.on("close", (code) => done({ code, out, err })));
  const said = (text: string) =>
    new Promise<void>((done) => {
      const look = () => {
        if (err.includes(text)) done();
      };
      waiting.push(look);
      look();
      void ended.then(() => done());
    });
  return { child, ended, said };
}

/** Runs the built program to its end. */
export function lbsim(words: readonly string[], options: { readonly cwd?: string } = {}): Promise<Ended> {
  return start(words, options).ended;
}

export function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}

/** Bytes of all files of a folder by name. */
export function contentsOf(folder: string): Readonly<Record<string, Buffer>> {
  return Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((name) => [name, readFileSync(join(folder, name))]),
  );
}
