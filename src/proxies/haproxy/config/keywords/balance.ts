import type { Args } from "../args.ts";
import type { BalanceConfig, HashTypeConfig } from "../haproxy-config.ts";
import { leadingInteger } from "../number-values.ts";
import { Fault } from "../report.ts";
import type { Keyword } from "./keyword.ts";

/** `balance`. Source: HAProxy 2.6.12 src/backend.c, backend_parse_balance. */
export const balance: Keyword = (reader, args, proxy) => {
  reader.needs(args, proxy, "backend");
  const { settings } = proxy;
  try {
    const read = readBalance(args);
    settings.balance = read.balance;
    settings.balanceHash = read.hash;
    settings.balancePosition = args.span(0);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    reader.alert(args, `balance ${error.message}`, args.at(1) === "" ? 0 : 1);
  }
};

const PLAIN = ["roundrobin", "static-rr", "first", "leastconn", "source"] as const;

interface ReadBalance {
  readonly balance: BalanceConfig;
  /** Text of the expression of `balance hash`. */
  readonly hash: string | null;
}

function readBalance(args: Args): ReadBalance {
  const word = args.at(1);
  const plain = PLAIN.find((each) => each === word);
  if (word === "" || plain !== undefined) return { balance: { method: plain ?? "roundrobin" }, hash: null };
  if (word.startsWith("random")) return { balance: readRandom(word), hash: null };
  if (word === "uri") return { balance: readUri(args), hash: null };
  if (word === "url_param") {
    if (args.at(2) === "") throw new Fault("url_param requires an URL parameter name.");
    const modifier = args.at(3);
    if (modifier !== "" && modifier !== "check_post") {
      throw new Fault(`url_param only accepts 'check_post' modifier (got '${modifier}').`);
    }
    return { balance: { method: "url_param", parameter: args.at(2) }, hash: null };
  }
  if (word === "hash") {
    if (args.at(2) === "") throw new Fault("hash requires a sample expression.");
    if (args.at(3) !== "") throw new Fault(`hash takes no other argument (got '${args.at(3)}').`);
    return { balance: { method: "roundrobin" }, hash: args.at(2) };
  }
  if (word.startsWith("hdr(")) return { balance: readHeader(args), hash: null };
  if (word.startsWith("rdp-cookie")) return { balance: readRdpCookie(word), hash: null };
  throw new Fault(
    "only supports 'roundrobin', 'static-rr', 'leastconn', 'source', 'uri', 'url_param', 'hdr(name)' and 'rdp-cookie(name)' options.",
  );
}

function readRandom(word: string): BalanceConfig {
  const draws = /^random\((?!\))\s*([+-]?\d*)(.?)/.exec(word);
  if (draws === null) return { method: "random", draws: 2 };
  const [, digits = "", end = ""] = draws;
  if (end === "") throw new Fault("random : missing closing parenthesis.");
  if (end !== ")") throw new Fault(`random : unexpected character '${end}' after argument.`);
  if (leadingInteger(digits) < 1) throw new Fault("random : number of draws must be at least 1.");
  return { method: "random", draws: leadingInteger(digits) };
}

function readUri(args: Args): BalanceConfig {
  let length = 0;
  let depth = 0;
  let whole = false;
  let pathOnly = false;
  for (let i = 2; args.at(i) !== ""; i++) {
    const word = args.at(i);
    if (word === "len" || word === "depth") {
      const value = leadingInteger(args.at(i + 1));
      if (value <= 0) throw new Fault(`uri : '${word}' expects a positive integer (got '${args.at(i + 1)}').`);
      if (word === "len") length = value;
      else depth = value;
      i++;
    } else if (word === "whole") whole = true;
    else if (word === "path-only") pathOnly = true;
    else {
      throw new Fault(`uri only accepts parameters 'len', 'depth', 'path-only', and 'whole' (got '${word}').`);
    }
  }
  return { method: "uri", length, depth, whole, pathOnly };
}

function readHeader(args: Args): BalanceConfig {
  const header = /^hdr\(([^)]+)\)/.exec(args.at(1))?.[1];
  if (header === undefined) throw new Fault("hdr requires an http header field name.");
  const modifier = args.at(2);
  if (modifier !== "" && modifier !== "use_domain_only") {
    throw new Fault(`${args.at(1)} only accepts 'use_domain_only' modifier (got '${modifier}').`);
  }
  return { method: "hdr", header, domainOnly: modifier !== "" };
}

function readRdpCookie(word: string): BalanceConfig {
  if (word === "rdp-cookie") return { method: "rdp-cookie", cookie: "mstshash" };
  const cookie = /^rdp-cookie\(([^)]+)\)/.exec(word)?.[1];
  if (cookie === undefined) throw new Fault("rdp-cookie : missing cookie name.");
  return { method: "rdp-cookie", cookie };
}

const FUNCTIONS = ["sdbm", "djb2", "wt6", "crc32"] as const;

/** `hash-type METHOD [FUNCTION [avalanche]]`: `consistent` alone brings the avalanche, a named function does not. */
export const hashType: Keyword = (reader, args, proxy) => {
  const { settings } = proxy;
  reader.needs(args, proxy, "backend");
  const method = args.at(1);
  const name = args.keyword;
  if (method === "avalanche") {
    reader.alert(
      args,
      `experimental feature '${name} avalanche' is not supported anymore, please use '${name} map-based sdbm avalanche' instead.`,
      1,
    );
    return;
  }
  if (method !== "consistent" && method !== "map-based") {
    reader.alert(args, `'${name}' only supports 'consistent' and 'map-based'.`, 1);
    return;
  }
  const word = args.at(2);
  const named: HashTypeConfig["function"] | undefined = FUNCTIONS.find((each) => each === word);
  if (word !== "" && named === undefined) {
    reader.alert(args, `'${name}' only supports 'sdbm', 'djb2', 'crc32', or 'wt6' hash functions.`, 2);
    return;
  }
  const modifier = named === undefined ? "" : args.at(3);
  if (modifier !== "" && modifier !== "avalanche") {
    reader.alert(args, `'${name}' only supports 'avalanche' as a modifier for hash functions.`, 3);
    return;
  }
  const avalanche = named === undefined ? method === "consistent" : modifier !== "";
  settings.hashType = { method, function: named ?? "sdbm", avalanche };
  settings.hashTypePosition = args.span(0);
};

export const hashBalanceFactor: Keyword = (reader, args, proxy) => {
  if (args.at(1) === "") {
    reader.alert(args, `'${args.keyword}' expects an integer argument.`);
    return;
  }
  const factor = leadingInteger(args.at(1));
  reader.checkNumber(args, 1);
  if (factor !== 0 && factor <= 100) {
    reader.alert(args, `'${args.keyword}' must be 0 or greater than 100.`, 1);
    return;
  }
  proxy.settings.hashBalanceFactor = factor;
  proxy.places.set("hash-balance-factor", args.span(0));
};
