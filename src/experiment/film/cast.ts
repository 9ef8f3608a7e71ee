import { OrderedSet } from "./ordered-set.ts";

/** A request under way, as writer and reader of a film see it. */
export interface Player {
  /** The how manieth of the film to start. */
  readonly entry: number;
  readonly rank: number;
  readonly client: number;
  readonly session: number;
  readonly ordinal: number;
  /** Members that the proxy's decisions chose for it so far; -1 = none. */
  readonly winners: number[];
}

/** A client has fewer sessions; more would spoil expectations, nothing else. */
const SESSIONS = 1_048_576;

/** A request whose client can't be named by the order of things. */
export const BY_NUMBER = 1;

/**
 * Who is on stage: what writer and reader of a film both know at any of its instants, and expect from it. Requests are
 * named by their places among those under way, clients by how many were served since.
 */
export class Cast {
  readonly players: Player[] = [];
  /** Entries of requests that no decision was made for yet, and of those that are being served. */
  private readonly waiting = new OrderedSet();
  private readonly served = new OrderedSet();
  /** Clients in the order in which their requests ended, and which of these exits are a client's last. */
  private readonly exits: number[] = [];
  private readonly lastExits = new OrderedSet();
  private readonly exitOf = new Map<number, number>();
  private readonly ordinals = new Map<number, number>();
  /** The member last chosen for a client. */
  private readonly memberOf = new Map<number, number>();
  /** The lowest number of a client not seen yet. */
  private newClient = 0;
  /** The entry of the last decision that came in its turn. */
  private turn = 0;

  /** A new client follows the last one: 2 · those left out. One who n others left after: 2 n + 3. */
  clientCode(client: number): number {
    if (client >= this.newClient) return 2 * (client - this.newClient);
    const exit = this.exitOf.get(client);
    if (exit === undefined) return BY_NUMBER;
    return 2 * (this.lastExits.size - 1 - this.lastExits.placeOf(exit)) + 3;
  }

  /** The client that a code names; null when it is named by its number. */
  clientOf(code: number): number | null {
    if (code % 2 === 0) return this.newClient + code / 2;
    if (code === BY_NUMBER) return null;
    return this.exits[this.lastExits.at(this.lastExits.size - 1 - (code - 3) / 2)] as number;
  }

  /** The request that a session would make next. */
  nextOrdinal(client: number, session: number): number {
    return this.ordinals.get(client * SESSIONS + session) ?? 0;
  }

  start(rank: number, client: number, session: number, ordinal: number): Player {
    this.forgetExit(client);
    this.newClient = Math.max(this.newClient, client + 1);
    this.ordinals.set(client * SESSIONS + session, ordinal + 1);
    const player: Player = { entry: this.players.length, rank, client, session, ordinal, winners: [] };
    this.players.push(player);
    this.waiting.add(player.entry);
    return player;
  }

  /**
   * A first decision for the request that came last is 0; for another, 1 + 4 n or 3 + 4 n, n places after or before the
   * turn; further decisions are 2 + 2 · place among those being served.
   */
  decisionCode({ entry }: Player): number {
    const { waiting } = this;
    if (!waiting.has(entry)) return 2 + 2 * this.served.placeOf(entry);
    const place = waiting.placeOf(entry);
    if (place === waiting.size - 1) return 0;
    const steps = place - waiting.placeOf(this.turn);
    return steps >= 0 ? 1 + 4 * steps : 3 + 4 * -steps;
  }

  /** The request that a decision is about. */
  decided(code: number): Player {
    const { waiting, served } = this;
    const entry = code > 0 && code % 2 === 0 ? served.at((code - 2) / 2) : waiting.at(this.waitingPlace(code));
    if (code % 2 === 1) this.turn = entry;
    waiting.delete(entry);
    served.add(entry);
    return this.players[entry] as Player;
  }

  /** What a decision is like depends on the member chosen last: for the request, or else for its client. */
  decisionContext({ client, winners }: Player): number {
    const last = winners[winners.length - 1];
    return last === undefined ? (this.memberOf.get(client) ?? -1) + 1 : -(last + 2);
  }

  chose(player: Player, winner: number): void {
    player.winners.push(winner);
    this.memberOf.set(player.client, winner);
  }

  /** 2 · place among those being served, or 2 · place + 1 among those waiting. */
  endCode({ entry }: Player): number {
    return this.served.has(entry) ? 2 * this.served.placeOf(entry) : 2 * this.waiting.placeOf(entry) + 1;
  }

  ended(code: number): Player {
    const [place, among] = code % 2 === 0 ? [code / 2, this.served] : [(code - 1) / 2, this.waiting];
    const entry = among.at(place);
    among.delete(entry);
    const player = this.players[entry] as Player;
    this.forgetExit(player.client);
    this.exitOf.set(player.client, this.exits.length);
    this.lastExits.add(this.exits.length);
    this.exits.push(player.client);
    return player;
  }

  private waitingPlace(code: number): number {
    if (code === 0) return this.waiting.size - 1;
    const steps = code % 4 === 1 ? (code - 1) / 4 : (3 - code) / 4;
    return this.waiting.placeOf(this.turn) + steps;
  }

  private forgetExit(client: number): void {
    const exit = this.exitOf.get(client);
    if (exit === undefined) return;
    this.lastExits.delete(exit);
    this.exitOf.delete(client);
  }
}
