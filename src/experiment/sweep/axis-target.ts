import { SCENARIO_KEYS } from "../../config/schema/scenario-keys.ts";
import { suggest } from "../../contract/suggest.ts";
import type { PreparedExperiment } from "../prepare.ts";
import type { TextFault } from "./number-range.ts";

/** How a value of an axis becomes `--set` options. */
export interface AxisTarget {
  /** Whether the first of them is about the scenario or about the proxy, and how its key is written. */
  readonly setKey: string;
  overrides(value: string): readonly string[];
}

/**
 * What a key of `--over` means: `load` (the one rate of arrivals, or the number of users), `members` (so many of the
 * configured ones take part), `member(*).KEY` (all members alike), `proxy` (files), `scenario.KEY` and `proxy.KEY` as for `--set`; a key
 * that begins like a scenario's needs no `scenario.` before it, any other no `proxy.`.
 */
export function findTarget(key: string, base: PreparedExperiment): AxisTarget | TextFault {
  if (key === "load") return loadTarget(base);
  if (key === "members") return memberCountTarget(base);
  const starred = /^(?:proxy\.)?member\(\*\)\.(.+)$/.exec(key);
  if (starred !== null) return everyMember(starred[1] ?? "", base);
  const [first = ""] = key.split(/[.[]/);
  if (key === "proxy") return plainTarget("scenario.proxy");
  if (first === "scenario" || first === "proxy") return plainTarget(key);
  if (first === "extends") return { message: '"extends" can\'t be varied', hint: "vary what the file says" };
  if (SCENARIO_KEYS.includes(first)) return plainTarget(`scenario.${key}`);
  // A word with a step behind it is a section of the scenario, unless the proxy's settings name it so.
  if (/^\w[\w-]*\./.test(key) && first !== "server") {
    const near = suggest(first, [...SCENARIO_KEYS, "server"]);
    return {
      message: `"${first}" is no section of a scenario`,
      hint: near === null ? `sections: ${SCENARIO_KEYS.join(", ")}; or proxy.KEY` : `did you mean "${near}"?`,
    };
  }
  const near = suggest(key, ["load", "members"]);
  if (near !== null && key.length > 3) return { message: `there is no "${key}"`, hint: `did you mean "${near}"?` };
  return plainTarget(`proxy.${key}`);
}

function plainTarget(setKey: string): AxisTarget {
  return { setKey, overrides: (value) => [`${setKey}=${value}`] };
}

/** The key that says how much arrives; null where a curve, bursts or a trace say it. */
function loadKey({ scenario }: PreparedExperiment): string | null {
  const { users, sessions, requests } = scenario.input.clients;
  if (users !== undefined) return "clients.users.count";
  if (sessions?.rate !== undefined) return "clients.sessions.rate";
  return requests?.rate === undefined ? null : "clients.requests.rate";
}

function loadTarget(base: PreparedExperiment): AxisTarget | TextFault {
  const key = loadKey(base);
  if (key !== null) return plainTarget(`scenario.${key}`);
  return {
    message: "load means one rate, and this scenario has a curve, bursts or a trace",
    hint: "vary one of its points: clients.requests.curve[1].rate=10/s..50/s step 10/s",
  };
}

/** Addresses in the order of the configuration of the baseline, each once. */
function memberAddresses({ variants, baseline }: PreparedExperiment): readonly string[] {
  const variant = variants.find(({ name }) => name === baseline) ?? variants[0];
  if (variant === undefined) return [];
  return [...new Set(variant.family.facts(variant.config).members.map(({ address }) => address))];
}

function everyMember(key: string, base: PreparedExperiment): AxisTarget {
  const keys = memberAddresses(base).map((address) => `proxy.member(${address}).${key}`);
  return { setKey: keys[0] ?? `proxy.${key}`, overrides: (value) => keys.map((each) => `${each}=${value}`) };
}

/** The first N members take part, the others are configured to be out of service. */
function memberCountTarget(base: PreparedExperiment): AxisTarget | TextFault {
  const addresses = memberAddresses(base);
  const off = base.variants[0]?.family.memberOff;
  if (off === undefined)
    return {
      message: `members of ${base.variants[0]?.family.name ?? "this proxy"} can't be taken out by a setting`,
      hint: "vary the configuration: proxy=two.conf,three.conf,four.conf",
    };
  return {
    setKey: "members",
    overrides: (value) =>
      addresses.slice(memberCount(value, addresses.length)).map((address) => `proxy.member(${address}).${off}`),
  };
}

/** @throws RangeError with a message for the user unless it is a whole number from 1 to that of the members. */
function memberCount(value: string, most: number): number {
  const count = Number(value);
  if (!/^\d+$/.test(value) || count < 1 || count > most)
    throw new RangeError(
      `members=${value}: expected a whole number from 1 to ${most}; the configuration has ${most}, write more into it to go further`,
    );
  return count;
}

/** How the load is written now: "20/s"; null where there is no one rate. */
export function writtenLoad(base: PreparedExperiment): string | null {
  const { users, sessions, requests } = base.scenario.input.clients;
  if (users !== undefined) return String(users.count);
  const rate = sessions?.rate ?? requests?.rate;
  return rate === undefined ? null : `${rate}/s`;
}

/** Number of members that the `members` axis can go up to. */
export function memberTotal(base: PreparedExperiment): number {
  return memberAddresses(base).length;
}
