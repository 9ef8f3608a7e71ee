import { HighestRandomWeight } from "./highest-random-weight.ts";
import type { PolicyKind, Selecting } from "./selection-policy.ts";

/** The first value of the field; "Host" is the request's host; absent or empty = random (HeaderHashSelection, Caddy 2.6.2). */
function fieldOf({ what }: Selecting, name: string): string | null {
  if (what === null) return null;
  if (name === "host") return what.host.text === "" ? null : what.host.text;
  if (name === "cookie") return what.cookie?.text ?? null;
  const value = what.headers.find((header) => header.name.toLowerCase() === name)?.value;
  return value === undefined || value === "" ? null : value;
}

export const HEADER: PolicyKind = {
  name: "header",
  describe: "the value of a request header keeps its upstream",
  make: ({ key }, pool) => {
    const name = key.toLowerCase();
    return new HighestRandomWeight(pool, (request) => fieldOf(request, name));
  },
};
