import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const PROGRAM = resolve("bin/lbsim.js");
const CLEAN_ENV = { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined };

export interface Ended {
  /** Null when a signal ended it. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A process that goes on. */
export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves when stderr holds the text, or the process has ended. */
  said(text: string): Promise<void>;
}

export function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}

/** A folder of its own for one test, with a scenario and a configuration. */
export class Workplace {
  readonly folder = mkdtempSync(join(tmpdir(), "lbsim-e2e-"));

  constructor(files: Readonly<Record<string, string>> = {}) {
    for (const [name, text] of Object.entries({ "shop.conf": SHOP_CONF, "shop.yaml": SHOP_YAML, ...files }))
      this.write(name, text);
  }

  write(name: string, content: string | Uint8Array): void {
    writeFileSync(join(this.folder, name), content);
  }

  read(name: string): string {
    return readFileSync(join(this.folder, name), "utf8");
  }

  /** All files below, with the path from the folder. */
  files(): readonly string[] {
    return readdirSync(this.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(this.folder.length + 1))
      .sort();
  }

  lbsim(...args: readonly string[]): Ended {
    const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], {
      cwd: this.folder,
      encoding: "utf8",
      env: CLEAN_ENV,
      timeout: 120_000,
    });
    return { status, stdout, stderr };
  }

  /** Runs a line of bash in which `lbsim` is the built program. */
  shell(line: string): Ended {
    const script = `lbsim() { '${process.execPath}' '${PROGRAM}' "$@"; }\n${line}`;
    const { status, stdout, stderr } = spawnSync("bash", ["-c", script], {
      cwd: this.folder,
      encoding: "utf8",
      env: CLEAN_ENV,
      timeout: 120_000,
    });
    return { status, stdout, stderr };
  }

  start(...args: readonly string[]): Started {
    const child = spawn(process.execPath, [PROGRAM, ...args], {
      cwd: this.folder,
      env: CLEAN_ENV,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const heard = { stdout: "", stderr: "" };
    child.stdout.on("data", (data) => {
      heard.stdout += data;
    });
    child.stderr.on("data", (data) => {
      heard.stderr += data;
    });
    const ended = new Promise<Ended>((done) => child.on("close", (status) => done({ status, ...heard })));
    const said = async (text: string): Promise<void> => {
      while (child.exitCode === null && child.signalCode === null && !heard.stderr.includes(text)) await pause(20);
    };
    return { child, ended, said };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export const SHOP_CONF = `<Proxy balancer://shop>
    BalancerMember http://10.0.0.1:8080 route=node1
    BalancerMember http://10.0.0.2:8080 route=node2
    ProxySet stickysession=JSESSIONID
</Proxy>
ProxyPass /shop balancer://shop/shop
ProxyPassReverse /shop balancer://shop/shop
`;

export const SHOP_YAML = `proxy: shop.conf
clients:
  sessions: {rate: 5/s, requests: 4, think: {exponential: {mean: 1s}}}
backends:
  default: {service: {exponential: {mean: 20ms}}}
faults:
  - {at: 5s, crash: node2, for: 5s}
duration: 20s
warm-up: 2s
variants: {lbmethod: [byrequests, bybusyness]}
`;
