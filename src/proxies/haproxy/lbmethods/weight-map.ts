import type { Server } from "../server.ts";
import type { LbMethod } from "./lb-method.ts";

/**
 * A table with as many places as there is weight (src/lb_map.c, 2.6.12; spec/haproxy.md 3.2, 3.5): static-rr walks it,
 * map-based hashes look up a place. Built anew at each change of a server.
 */
export class WeightMap implements LbMethod {
  readonly scores = ["weight"];
  rule = "";
  private readonly servers: Server[];
  private map: readonly Server[] | null = null;
  private index = 0;

  /** `servers` = all that are usable at the start, in file order. */
  constructor(servers: readonly Server[]) {
    this.servers = [...servers];
  }

  pick(avoid: Server | null, hash: number | null): Server | null {
    this.map ??= build(this.servers);
    const { map } = this;
    if (map.length === 0) return null;
    if (hash !== null) {
      const place = hash % map.length;
      this.rule = "the place hash modulo total weight of the map";
      return map[place] as Server;
    }
    if (this.index < 0 || this.index >= map.length) this.index = 0;
    this.rule = "the next place of the map";
    let avoided: Server | null = null;
    let place = this.index;
    let avoidedPlace = 0;
    do {
      const server = map[place] as Server;
      place++;
      if (!server.isFull()) {
        // Behind the last place the walk stays there: a map that has grown meanwhile is gone on with.
        if (server !== avoid) {
          this.index = place;
          return server;
        }
        avoided = server;
        avoidedPlace = place;
      }
      if (place === map.length) place = 0;
    } while (place !== this.index);
    if (avoided !== null) this.index = avoidedPlace;
    return avoided;
  }

  up(server: Server): void {
    this.servers.push(server);
    this.servers.sort((a, b) => a.config.index - b.config.index);
    this.map = null;
  }

  down(server: Server): void {
    this.servers.splice(this.servers.indexOf(server), 1);
    this.map = null;
  }

  reweighted(): void {
    this.map = null;
  }

  loadChanged(): void {}

  scoresOf(server: Server): readonly number[] {
    return [server.weight];
  }
}

function build(servers: readonly Server[]): readonly Server[] {
  const total = servers.reduce((sum, { weight }) => sum + weight, 0);
  const first = servers[0];
  if (total === 1 && first !== undefined) return [first];
  const score = servers.map(() => 0);
  const map: Server[] = [];
  for (let place = 0; place < total; place++) {
    let best = 0;
    let most = Number.NEGATIVE_INFINITY;
    for (const [i, server] of servers.entries()) {
      score[i] = (score[i] as number) + server.weight;
      const value = Math.trunc(((score[i] as number) + total) / total);
      if (value > most) {
        most = value;
        best = i;
      }
    }
    map.push(servers[best] as Server);
    score[best] = (score[best] as number) - total;
  }
  return map;
}
