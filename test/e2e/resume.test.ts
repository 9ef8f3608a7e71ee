import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Ended, pause, Workplace } from "./built-cli.ts";

let place: Workplace;
beforeEach(() => {
  place = new Workplace();
});
afterEach(() => place.remove());

/** Commands that take seconds, with the folder of their outputs. */
const COMMANDS = [
  ["run", ["run", "shop.yaml", "--replications", "150"], "reports/shop"],
  ["compare", ["compare", "shop.yaml", "--replications", "150"], "reports/shop"],
  ["sweep", ["sweep", "shop.yaml", "--over", "load=2/s..20/s step 2", "--replications", "16"], "reports/shop/sweep"],
  [
    "plan",
    [
      "plan",
      "shop.yaml",
      "--largest",
      "load=1/s..60/s step 1",
      "--expect",
      "availability >= 90%",
      "--replications",
      "60",
    ],
    "reports/shop/plan",
  ],
] as const;

/** The files of a folder with their bytes. */
function bytesBelow(folder: string): ReadonlyMap<string, Buffer> {
  const names = place.files().filter((name) => name.startsWith(`${folder}/`) && !name.includes("/journal"));
  return new Map(names.map((name) => [name, readFileSync(join(place.folder, name))]));
}

function journalLines(folder: string): number {
  const file = join(place.folder, folder, "journal.jsonl");
  return existsSync(file) ? readFileSync(file, "utf8").split("\n").length - 2 : 0;
}

/** Starts the command and kills it as soon as some of its tasks are in the journal. */
async function killedOnTheWay(args: readonly string[], folder: string, before: number): Promise<Ended> {
  const { child, ended } = place.start(...args);
  for (let waited = 0; waited < 60_000 && journalLines(folder) <= before && child.exitCode === null; waited += 20)
    await pause(20);
  child.kill("SIGKILL");
  return ended;
}

describe.each(COMMANDS)("kill -9 on the way through lbsim %s", (command, args, folder) => {
  it.each(command === "run" ? ["1", "2"] : ["2"])(
    "loses nothing that was finished: --resume gives the bytes of an unbroken run (%s threads)",
    async (threads) => {
      const words = [...args, "--threads", threads];
      expect((await killedOnTheWay(words, folder, 2)).status).toBeNull();
      const first = journalLines(folder);
      expect(first).toBeGreaterThan(2);
      // Killed again while it goes on, and then let through to its end.
      expect((await killedOnTheWay([...words, "--resume"], folder, first + 2)).status).toBeNull();
      expect(journalLines(folder)).toBeGreaterThan(first);
      const resumed = place.lbsim(...words, "--resume");
      expect([resumed.status, resumed.stderr.includes("going on after")]).toEqual([0, true]);
      const files = bytesBelow(folder);
      expect(place.files()).not.toContain(`${folder}/journal.jsonl`);
      const unbroken = place.lbsim(...args, "--threads", "2");
      expect(unbroken.status).toBe(0);
      expect(unbroken.stdout).toBe(resumed.stdout);
      expect([...files.keys()]).toEqual([...bytesBelow(folder).keys()]);
      for (const [name, bytes] of bytesBelow(folder)) expect(files.get(name)?.equals(bytes), name).toBe(true);
    },
    120_000,
  );
});

describe("threads", () => {
  it.each(COMMANDS)("change no byte of lbsim %s", (_, args, folder) => {
    const few = args.map((word) => (word === "150" || word === "60" ? "10" : word === "16" ? "3" : word));
    const runs = ["1", "2", "8"].map((threads) => {
      const { status, stdout } = place.lbsim(...few, "--threads", threads);
      expect(status).toBe(0);
      return { stdout, files: bytesBelow(folder) };
    });
    for (const { stdout, files } of runs.slice(1)) {
      expect(stdout).toBe(runs[0]?.stdout);
      for (const [name, bytes] of files) expect(runs[0]?.files.get(name)?.equals(bytes), name).toBe(true);
    }
  });
});

describe("a journal", () => {
  it("of another scenario, or none at all, is refused and kept", async () => {
    const args = ["run", "shop.yaml", "--replications", "150"];
    await killedOnTheWay(args, "reports/shop", 2);
    const before = place.read("reports/shop/journal.jsonl");
    place.write("shop.yaml", place.read("shop.yaml").replace("duration: 20s", "duration: 21s"));
    const changed = place.lbsim(...args, "--resume");
    expect([changed.status, changed.stdout]).toEqual([2, ""]);
    expect(changed.stderr).toContain("journal-foreign");
    expect(place.read("reports/shop/journal.jsonl")).toBe(before);
    place.write("reports/shop/journal.jsonl", "not a journal\n");
    expect(place.lbsim(...args, "--resume").status).toBe(2);
  });
});
