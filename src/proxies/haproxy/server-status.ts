import type { Outbox } from "../../contract/outbox.ts";
import type { MachineListener } from "../../contract/proxy-machine.ts";
import { timerId } from "../shared/timer-id.ts";
import { type Server, ServerState } from "./server.ts";
import { TimerKind } from "./timer-kind.ts";

/** What a change of a server's state sets off in the requests. */
export interface StatusEffects {
  /** Requests in its queue go back to the dispatcher, as far as the options say so. */
  redistribute(nowUs: number, server: Server): void;
  /** Requests in flight are ended (on-marked-down shutdown-sessions). */
  shutdownSessions(nowUs: number, server: Server): void;
  /** Waiting requests take its free slots. */
  serveQueue(nowUs: number, server: Server): void;
}

/** States of servers: what happens when one goes down, comes up, drains (src/server.c, 2.6.12; spec/haproxy.md 4). */
export class ServerStatus {
  listener: MachineListener | null = null;
  effects!: StatusEffects;
  private readonly outbox: Outbox;
  private readonly servers: readonly Server[];
  private readonly followers = new Map<Server, Server[]>();

  constructor(servers: readonly Server[], byPlace: (backend: number, server: number) => Server | null, outbox: Outbox) {
    this.servers = servers;
    this.outbox = outbox;
    for (const server of servers) {
      const { track } = server.config;
      const tracked = track === null ? null : byPlace(track.backend, track.server);
      if (tracked !== null) this.followers.set(tracked, [...(this.followers.get(tracked) ?? []), server]);
    }
  }

  /** The state word of a server, as the stats page has it (src/stats.c, 2.6.12). */
  wordOf(server: Server): string {
    const { config } = server;
    if (server.maintenance) return "MAINT";
    const isChecked = config.check.enabled || config.track !== null;
    if (server.state === ServerState.STOPPED) {
      return server.health > 0 && config.check.enabled ? `DOWN ${server.health}/${config.check.rise}` : "DOWN";
    }
    if (server.draining || (server.userWeight === 0 && server.state !== ServerState.STOPPING)) return "DRAIN";
    if (server.state === ServerState.STOPPING) return "NOLB";
    if (!isChecked) return "no check";
    const steps = server.health - config.check.rise + 1;
    return config.check.enabled && server.health < server.fullHealth ? `UP ${steps}/${config.check.fall}` : "UP";
  }

  down(nowUs: number, server: Server, why: string): void {
    if (server.state === ServerState.STOPPED) return;
    this.change(nowUs, server, () => {
      server.state = ServerState.STOPPED;
      server.downs++;
    });
    this.log(nowUs, server, `is DOWN, reason: ${why}`);
    this.leave(nowUs, server);
    for (const follower of this.followers.get(server) ?? [])
      if (!follower.maintenance) this.down(nowUs, follower, `via ${nameOf(server)}`);
  }

  private leave(nowUs: number, server: Server): void {
    // The queue leaves first: sessions that are shut down end only when their tasks run (src/server.c, srv_update_status).
    this.effects.redistribute(nowUs, server);
    if (server.config.shutdownSessionsOnDown) this.effects.shutdownSessions(nowUs, server);
  }

  up(nowUs: number, server: Server, why: string): void {
    if (server.maintenance) return;
    const { backend, config } = server;
    const wasStopping = server.state === ServerState.STOPPING;
    this.change(nowUs, server, () => {
      if (wasStopping || config.slowstartUs === 0) server.state = ServerState.RUNNING;
      else {
        server.state = ServerState.STARTING;
        server.upSecond = backend.second;
        server.warmUp();
        this.outbox.setTimer(timerId(TimerKind.SLOWSTART, server.member), warmupUs(server));
      }
    });
    this.log(nowUs, server, `is UP, reason: ${why}`);
    if (config.shutdownBackupSessionsOnUp && !config.backup)
      for (const other of backend.servers) if (other.config.backup) this.effects.shutdownSessions(nowUs, other);
    this.effects.serveQueue(nowUs, server);
    for (const follower of this.followers.get(server) ?? [])
      if (follower.state !== ServerState.RUNNING) this.up(nowUs, follower, `via ${nameOf(server)}`);
  }

  /** disable-on-404: no new clients, its own ones are served. */
  stopping(nowUs: number, server: Server): void {
    if (server.state === ServerState.STOPPING || server.state === ServerState.STOPPED) return;
    this.change(nowUs, server, () => {
      server.state = ServerState.STOPPING;
    });
    this.log(nowUs, server, "is stopping");
    for (const follower of this.followers.get(server) ?? []) this.stopping(nowUs, follower);
  }

  /** The next step of a slow start. */
  warmUp(nowUs: number, member: number): void {
    const server = this.servers[member];
    if (server === undefined || server.state !== ServerState.STARTING) return;
    const { backend, config } = server;
    this.change(nowUs, server, () => {
      server.warmUp();
      if (backend.second >= server.upSecond + Math.ceil(config.slowstartUs / 1_000_000))
        server.state = ServerState.RUNNING;
      else this.outbox.setTimer(timerId(TimerKind.SLOWSTART, member), warmupUs(server));
    });
    this.effects.serveQueue(nowUs, server);
  }

  /** Commands of the runtime API (manual "management" 9.3, HAProxy 2.6). */
  operate(nowUs: number, server: Server, text: string): void {
    const command = withoutServer(text);
    const weight = /^(?:set )?weight[= ](\d+)(%?)$/.exec(command);
    if (weight !== null) {
      const value = Number(weight[1]);
      const wanted = weight[2] === "%" ? Math.floor((server.config.weight * value) / 100) : value;
      if (wanted > 256) throw new RangeError("Relative weight can only be between 0 and 256 or 0% and 100% inclusive");
      this.change(nowUs, server, () => {
        server.userWeight = wanted;
      });
      return;
    }
    const state = /^(?:set )?state[= ](ready|drain|maint)$/.exec(command)?.[1] ?? STATES[command];
    if (state === undefined) throw new RangeError(`HAProxy has no such command for a server: "${text}"`);
    this.administrate(nowUs, server, state);
  }

  private administrate(nowUs: number, server: Server, state: string): void {
    if (state === "drain") {
      this.change(nowUs, server, () => {
        server.maintenance = false;
        server.draining = true;
      });
      this.effects.redistribute(nowUs, server);
    } else if (state === "maint") {
      this.change(nowUs, server, () => {
        server.maintenance = true;
        server.state = ServerState.STOPPED;
      });
      this.leave(nowUs, server);
    } else {
      const wasMaintained = server.maintenance;
      this.change(nowUs, server, () => {
        server.maintenance = false;
        server.draining = false;
        if (wasMaintained) server.health = server.config.check.rise;
      });
      if (wasMaintained) this.up(nowUs, server, "leaving forced maintenance");
      this.effects.serveQueue(nowUs, server);
    }
  }

  /** Changes a server; the algorithm follows and the listener hears of a new state word. */
  change(nowUs: number, server: Server, by: () => void): void {
    const before = this.wordOf(server);
    const wasDown = !server.isStanding;
    by();
    server.backend.refresh(server);
    const after = this.wordOf(server);
    if (wasDown && server.isStanding) server.downtimeUs += nowUs - server.lastChangeUs;
    if (wasDown === server.isStanding) server.lastChangeUs = nowUs;
    if (before !== after) this.listener?.memberChanged?.(nowUs, server.member, after);
  }

  private log(nowUs: number, server: Server, what: string): void {
    this.listener?.logged?.(nowUs, `Server ${nameOf(server)} ${what}.`);
  }
}

/** A command as it is typed names the server; which one it is about is known already. */
function withoutServer(text: string): string {
  return text
    .trim()
    .replace(/^(set|disable|enable) server \S+\/\S+/, (_, word) => (word === "set" ? "set" : `${word} server`));
}

const STATES: Readonly<Record<string, string>> = {
  "disable server": "maint",
  disable: "maint",
  "enable server": "ready",
  enable: "ready",
  drain: "drain",
  ready: "ready",
  maint: "maint",
};

/** How often a slow start is looked at (src/server.c, server_warmup). */
function warmupUs(server: Server): number {
  return Math.max(1_000_000, Math.floor(server.config.slowstartUs / 20));
}

function nameOf(server: Server): string {
  return `${server.backend.config.name}/${server.config.name}`;
}
