import type { Text } from "../../contract/text.ts";

/** A Set-Cookie line by RFC 6265 section 5.2. */
export interface SetCookie {
  readonly name: string;
  readonly value: string;
  /** "name=value" as the Cookie header has it. */
  readonly pair: string;
  /** null = the default path of the request applies. */
  readonly path: string | null;
  /** Lower case, without a leading dot; null = only the host that set it. */
  readonly domain: string | null;
  /** Lifetime in µs; null = until the session ends; 0 or less = the cookie is deleted. */
  readonly maxAgeUs: number | null;
}

/**
 * Whoever reads an Expires date needs a calendar, and the simulated world has none. Dates of a year before this one lie
 * in the past (servers delete with 1970 and the like), all others beyond the end of the run.
 */
const FIRST_LIVING_YEAR = 2000;

class Parsed {
  readonly cookie: SetCookie | null;
  constructor(cookie: SetCookie | null) {
    this.cookie = cookie;
  }
}

/** What a line says, read once per text; null = a line that is ignored. */
export function parsedSetCookie(text: Text): SetCookie | null {
  const memo = text.worldMemo;
  if (memo instanceof Parsed) return memo.cookie;
  const parsed = new Parsed(parse(text.text));
  text.worldMemo = parsed;
  return parsed.cookie;
}

function parse(line: string): SetCookie | null {
  const semicolon = line.indexOf(";");
  const first = semicolon < 0 ? line : line.slice(0, semicolon);
  const equals = first.indexOf("=");
  if (equals < 0) return null;
  const name = shared(first.slice(0, equals).trim());
  if (name === "") return null;
  const value = first.slice(equals + 1).trim();
  const { path, domain, maxAgeUs } = attributesOf(semicolon < 0 ? "" : line.slice(semicolon + 1));
  // Joined, because that makes one flat text; a template would keep the whole line alive behind it, once per session.
  return { name, value, pair: [name, value].join("="), path, domain, maxAgeUs };
}

let lastName = "";

/** The same string object for the same name, so that many jars hold one. */
function shared(name: string): string {
  if (name !== lastName) lastName = name;
  return lastName;
}

type Attributes = Pick<SetCookie, "path" | "domain" | "maxAgeUs">;

/** The attributes read last: lines of one application differ in their values and agree in all the rest. */
let lastText = "";
let lastAttributes: Attributes = { path: null, domain: null, maxAgeUs: null };

function attributesOf(text: string): Attributes {
  if (text !== lastText) {
    lastAttributes = readAttributes(text);
    lastText = text;
  }
  return lastAttributes;
}

function readAttributes(attributes: string): Attributes {
  let path: string | null = null;
  let domain: string | null = null;
  let maxAgeUs: number | null = null;
  let expired = false;
  for (const attribute of attributes.split(";")) {
    const at = attribute.indexOf("=");
    const key = (at < 0 ? attribute : attribute.slice(0, at)).trim().toLowerCase();
    const text = at < 0 ? "" : attribute.slice(at + 1).trim();
    if (key === "path") path = text.startsWith("/") ? text : null;
    else if (key === "domain") domain = text.replace(/^\./, "").toLowerCase() || domain;
    else if (key === "max-age" && /^-?\d+$/.test(text)) maxAgeUs = Math.max(0, Number(text) * 1_000_000);
    else if (key === "expires") expired = isPast(text);
  }
  return { path, domain, maxAgeUs: maxAgeUs === null && expired ? 0 : maxAgeUs };
}

function isPast(date: string): boolean {
  const year = /\b(\d{4})\b/.exec(date);
  if (year !== null) return Number(year[1]) < FIRST_LIVING_YEAR;
  // Two digits as in "01-Jan-70": 70 … 99 are years of the last century (RFC 6265 section 5.1.1).
  const short = /-(\d{2})\b/.exec(date);
  return short !== null && Number(short[1]) >= 70;
}
