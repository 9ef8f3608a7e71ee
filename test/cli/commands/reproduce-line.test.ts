import { describe, expect, it } from "vitest";
import { reproduceLine } from "../../../src/cli/commands/reproduce-line.ts";

const plain = {
  command: "run",
  file: "a.yaml",
  seed: 1,
  replications: 10,
  replication: null,
  variant: [],
  set: [],
} as const;

describe("reproduceLine", () => {
  it("names everything that decides the numbers", () => {
    expect(reproduceLine(plain)).toBe("lbsim run a.yaml --seed 1 --replications 10");
    expect(reproduceLine({ ...plain, replication: 3 })).toBe("lbsim run a.yaml --seed 1 --replication 3");
    expect(reproduceLine({ ...plain, set: ["scenario.duration=5s"], variant: ["a"] })).toBe(
      "lbsim run a.yaml --seed 1 --replications 10 --variant a --set scenario.duration=5s",
    );
  });

  it("quotes what a shell would take apart", () => {
    expect(reproduceLine({ ...plain, file: "it's mine.yaml", variant: ["a · b"] })).toBe(
      `lbsim run 'it'\\''s mine.yaml' --seed 1 --replications 10 --variant 'a · b'`,
    );
  });
});
