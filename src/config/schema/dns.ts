import { bad, good, type Outcome, shown } from "../problems/finding.ts";
import { custom, named } from "./keys.ts";

/** What a name resolves to: "fail", or an address. */
function readAnswer(value: unknown): Outcome<string> {
  if (Array.isArray(value)) {
    const [only, second] = value as readonly unknown[];
    if (second !== undefined)
      return bad(
        "not-yet",
        "several addresses for one name are not yet supported",
        "write the first address only",
        [1],
      );
    return only === undefined ? bad("missing-key", "an empty list") : readAnswer(only);
  }
  if (typeof value === "string" && value.trim() !== "") return good(value);
  return bad("wrong-type", `expected an address or fail, found ${shown(value)}`);
}

/** Name resolution. */
export const dns = named(
  custom({ describe: "Address of the name, or `fail`.", example: "10.0.0.5" }, "address or `fail`", readAnswer, () => ({
    anyOf: [{ type: "string" }, { type: "array", items: { type: "string" }, maxItems: 1 }],
  })),
  {
    describe:
      "What host names of the configuration resolve to: `fail`, or an address. Two names with one address and port are one backend.",
    example: "{app1.internal: 10.0.0.5, app2.internal: fail}",
    fallbackText: "every name is a machine of its own",
  },
);
