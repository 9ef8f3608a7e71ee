import type { Args } from "../args.ts";
import type { ProxyDraft, StickDraft } from "../drafts.ts";
import type { StickTableConfig, StickType } from "../haproxy-config.ts";
import { leadingInteger, readSize, readTime } from "../number-values.ts";
import type { Reader } from "../reader.ts";
import { Fault } from "../report.ts";
import type { SampleExpression } from "../sample-expression.ts";
import { SAMPLE_FETCHES } from "../sample-fetches.ts";
import { parseSample } from "../sample-parser.ts";
import type { Keyword } from "./keyword.ts";
import { refuseInDefaults } from "./routing.ts";

const TYPES = ["ip", "ipv6", "integer", "string", "binary"] as const;
const SKIPPED_WITH_VALUE = ["peers", "store", "write-to", "srvkey"];

/** `stick-table type T [len N] size N [expire T] [nopurge]`. Source: HAProxy 2.6.12 src/stick_table.c, parse_stick_table. */
export const stickTable: Keyword = (reader, args, proxy) => {
  if (proxy.kind === "defaults") {
    reader.alert(args, "'stick-table' is not supported in 'defaults' section.");
    return;
  }
  if (proxy.stickTable !== null) {
    const { position } = proxy.stickTable;
    const kind = proxy.kind === "listen" ? "proxy" : proxy.kind;
    reader.alert(
      args,
      `stick-table name '${proxy.name}' conflicts with table declared in ${kind} '${proxy.name}' at ${position.file}:${position.line}.`,
    );
    return;
  }
  try {
    proxy.stickTable = readTable(reader, args, proxy.name);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    reader.alert(args, `stick-table: ${error.message}`, 1);
  }
};

function readTable(reader: Reader, args: Args, name: string): StickTableConfig {
  let type: StickType | null = null;
  let length = 0;
  let size = 0;
  let expireUs: number | null = null;
  let nopurge = false;
  for (let i = 1; args.at(i) !== ""; i++) {
    const word = args.at(i);
    const value = args.at(i + 1);
    if (word === "nopurge") {
      nopurge = true;
      continue;
    }
    if (!["type", "size", "expire", ...SKIPPED_WITH_VALUE].includes(word))
      throw new Fault(`unknown argument '${word}'.`);
    if (value === "") throw new Fault(`missing argument after '${word}'.`);
    i++;
    if (word === "size") size = tableSize(value);
    else if (word === "expire") expireUs = expiry(value);
    else if (word === "type") {
      type = TYPES.find((each) => each === value) ?? null;
      if (type === null) throw new Fault(`unknown type '${value}'.`);
      length = { ip: 4, ipv6: 16, integer: 4, string: 31, binary: 32 }[type];
      if (args.at(i + 1) === "len" && (type === "string" || type === "binary")) {
        const wanted = leadingInteger(args.at(i + 2));
        if (wanted <= 0) throw new Fault(`unknown type '${args.at(i + 2)}'.`);
        length = wanted;
        i += 2;
      }
    } else if (word === "store") {
      checkStored(value);
      reader.passOver("ignored", "stick-table store", args.position(i - 1));
    } else reader.passOver("ignored", `stick-table ${word}`, args.position(i - 1));
  }
  if (size === 0) throw new Fault("missing size.");
  if (type === null) throw new Fault("missing type.");
  return { name, type, length, size, expireUs, nopurge, position: args.span(0) };
}

const STORED: ReadonlySet<string> = new Set(
  ["server_id", "server_key", "gpt0", "gpc0", "gpc1", "conn_cnt", "conn_cur", "sess_cnt", "http_req_cnt"].concat([
    "http_err_cnt",
    "http_fail_cnt",
    "bytes_in_cnt",
    "bytes_out_cnt",
  ]),
);
/** What is stored with an argument in parentheses: a period, or how many. */
const STORED_WITH_ARGUMENT: ReadonlySet<string> = new Set(
  ["gpc", "gpt", "gpc_rate", "gpc0_rate", "gpc1_rate", "conn_rate", "sess_rate", "http_req_rate"].concat([
    "http_err_rate",
    "http_fail_rate",
    "bytes_in_rate",
    "bytes_out_rate",
  ]),
);

/** The list behind `store` (src/stick_table.c, stktable_data_types, 2.6.12). */
function checkStored(list: string): void {
  for (const each of list.split(/,(?![^(]*\))/)) {
    const name = /^[\w]*/.exec(each)?.[0] ?? "";
    if (!STORED.has(name) && !STORED_WITH_ARGUMENT.has(name)) throw new Fault(`unknown store option '${name}'.`);
    if (STORED_WITH_ARGUMENT.has(name) && !each.includes("("))
      throw new Fault(`missing argument to store option '${name}'.`);
  }
}

function tableSize(value: string): number {
  const read = readSize(value);
  if ("character" in read) throw new Fault(`unexpected character '${read.character}' in argument of 'size'.`);
  return read.size;
}

function expiry(value: string): number | null {
  const read = readTime(value, "ms");
  if (read.kind === "character") throw new Fault(`unexpected character '${read.character}' in argument of 'expire'.`);
  if (read.kind === "over") {
    throw new Fault(`timer overflow in argument <${value}> to <expire>, maximum value is 2147483647 ms (~24.8 days).`);
  }
  return read.kind === "time" && read.us > 0 ? read.us : null;
}

/** `stick on|match|store-request|store-response EXPRESSION [table T] [if …]`. */
export const stick: Keyword = (reader, args, proxy) => {
  if (refuseInDefaults(reader, args, proxy)) return;
  reader.needs(args, proxy, "backend");
  const kinds = kindsOf(args.at(1));
  if (kinds === null) {
    reader.alert(args, `'${args.keyword}' expects 'on', 'match', or 'store'.`, 1);
    return;
  }
  if (args.at(2) === "") {
    reader.alert(args, `'${args.keyword}' expects a fetch method.`, 1);
    return;
  }
  try {
    const sample = parseSample(args.at(2));
    checkPlace(sample, args, kinds[0] ?? "match");
    const hasTable = args.at(3) === "table";
    const next = hasTable ? 5 : 3;
    const word = args.at(next);
    if (word !== "" && word !== "if" && word !== "unless") throw new Fault(`unknown keyword '${word}'.`);
    const condition = word === "" ? null : stickCondition(reader, args, next, proxy);
    const table = hasTable ? args.at(4) : null;
    for (const kind of kinds) proxy.stickRules.push({ kind, sample, table, condition, position: args.span(0) });
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    reader.alert(args, `'${args.keyword}': ${error.message}`, 2);
  }
};

function kindsOf(word: string): readonly StickDraft["kind"][] | null {
  if (word === "store" || word === "store-request") return ["store-request"];
  if (word === "store-response") return ["store-response"];
  if (word === "match") return ["match"];
  return word === "on" ? ["match", "store-request"] : null;
}

function stickCondition(reader: Reader, args: Args, from: number, proxy: ProxyDraft) {
  try {
    return reader.condition(args, from, proxy);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    throw new Fault(`error detected while parsing sticking condition : ${error.message}.`);
  }
}

function checkPlace(sample: SampleExpression, args: Args, kind: StickDraft["kind"]): void {
  const written = /^[\w.]+/.exec(args.at(2))?.[0] ?? "";
  const info = SAMPLE_FETCHES.get(written);
  const side = kind === "store-response" ? "response" : "request";
  if (info?.[side] !== false) return;
  const what = sourceOf(sample.fetch);
  const when = side === "response" ? "for 'store-response'" : "during request";
  throw new Fault(`fetch method '${written}' extracts information from '${what}', none of which is available ${when}.`);
}

/** What a fetch looks at, as HAProxy names it. Source: src/sample.c, sample_src_names. */
export function sourceOf(fetch: string): string {
  if (/^(?:res\.(?:hdr|fhdr|cook|ver)|shdr|status|scook|res\.body)/.test(fetch)) return "HTTP response headers";
  if (/^res\./.test(fetch)) return "response buffer";
  if (/^(?:req\.(?:len|payload|ssl|rdp)|wait_end)/.test(fetch)) return "request buffer";
  return "HTTP request headers";
}
