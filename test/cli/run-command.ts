import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CommandHost } from "../../src/cli/host/command-host.ts";
import { HereExecutor } from "../../src/cli/host/here-executor.ts";
import type { StoppableExecutor } from "../../src/cli/host/stoppable-executor.ts";
import { main } from "../../src/cli/main.ts";

/** What a command did. */
export interface CommandRun {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface FakeMachine {
  readonly env?: Readonly<Record<string, string>>;
  /** Both streams are terminals. */
  readonly isTerminal?: boolean;
  readonly executor?: StoppableExecutor;
  /** Called with what the command would hear at Ctrl-C. */
  readonly listenForInterrupts?: CommandHost["listenForInterrupts"];
  readonly exitNow?: (code: number) => void;
}

/** Runs `lbsim WORDS…` in this process and collects what it prints. */
export async function lbsim(words: readonly string[], machine: FakeMachine = {}): Promise<CommandRun> {
  let out = "";
  let err = "";
  const isTerminal = machine.isTerminal === true;
  const code = await main(["node", "lbsim", ...words], {
    terminal: {
      out: (text) => {
        out += text;
      },
      err: (text) => {
        err += text;
      },
      outIsTerminal: isTerminal,
      errIsTerminal: isTerminal,
      columns: undefined,
      env: machine.env ?? {},
    },
    makeExecutor: () => machine.executor ?? new HereExecutor(),
    listenForInterrupts: machine.listenForInterrupts ?? (() => () => {}),
    exitNow: machine.exitNow ?? (() => {}),
    pageScript: () => "/* page */",
  });
  return { code, out, err };
}

/** Makes a folder with files in it; call the answered function to remove it. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): {
  readonly path: (name: string) => string;
  readonly remove: () => void;
} {
  const folder = mkdtempSync(join(tmpdir(), "lbsim-cli-"));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return { path: (name) => join(folder, name), remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export const HTTPD_CONF = `<Proxy balancer://shop>
    BalancerMember http://10.0.0.1:8080 route=node1
    BalancerMember http://10.0.0.2:8080 route=node2
    ProxySet stickysession=JSESSIONID
</Proxy>
ProxyPass /shop balancer://shop/shop
`;

/** A scenario that runs in milliseconds. */
export const SCENARIO = `proxy: httpd.conf
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
