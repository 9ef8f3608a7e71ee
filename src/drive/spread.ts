import type { RandomSource } from "../contract/proxy-machine.ts";
import { murmurHash2 } from "../proxies/shared/murmur-hash-2.ts";

/** How client connections are dealt out to instances. */
export type SpreadKind = "random" | "round-robin" | "source";

/** The instance for a new client connection from an address. */
export type Spread = (remote: string) => number;

/**
 * What stands before several instances: a router or a load balancer of layer 4 that knows nothing of requests and never
 * looks whether an instance is well.
 *
 * `random`: each as likely. `round-robin`: in turn, the first one first. `source`: MurmurHash2 of the address modulo their
 * number, so an address always comes to the same.
 */
export function makeSpread(kind: SpreadKind, count: number, random: RandomSource): Spread {
  let next = 0;
  switch (kind) {
    case "random":
      return () => random.nextInt(count);
    case "round-robin":
      return () => {
        const instance = next;
        next = (next + 1) % count;
        return instance;
      };
    case "source":
      return (remote) => murmurHash2(remote) % count;
  }
}
