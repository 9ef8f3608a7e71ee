import type { GroupIntent, StickinessIntent } from "../../../contract/balancing-intent.ts";
import type { ConfigurationText } from "../../shared/configuration-text.ts";
import { durationWords } from "../../shared/duration-words.ts";
import { stickyCookie } from "../../shared/sticky-cookie.ts";

const DEFAULT_TABLE_SIZE = 100_000;
const DEFAULT_EXPIRE_US = 1_800_000_000;

/** Servers get the values of the cookie that this writes. */
export function setsServerCookies(stickiness: StickinessIntent | null): boolean {
  return stickiness !== null && stickiness.kind !== "table";
}

/** `cookie …` or a stick-table. */
export function writeStickiness({ stickiness, members }: GroupIntent, text: ConfigurationText): void {
  if (stickiness === null) return;
  const { position } = stickiness;
  switch (stickiness.kind) {
    case "route-suffix":
      if (members.every(({ route }) => route === "")) return;
      text.remark(
        1,
        "stickiness",
        `HAProxy does not read the route behind "${stickiness.separator}" in ${stickiness.cookie}: prefix writes the server's value before the id and takes it off again, so sessions begun behind the source are balanced anew once (to read the route: use-server NAME if { req.cook(${stickiness.cookie}) -m end ${stickiness.separator}ROUTE })`,
        position,
      );
      if (stickiness.parameter !== "")
        text.remark(1, "stickiness", `the path parameter ${stickiness.parameter} is not looked at`, position);
      text.line(1, `cookie ${stickiness.cookie} prefix nocache`);
      return;
    case "read-cookie":
      text.line(1, `cookie ${stickiness.cookie}`);
      return;
    case "table":
      writeTable(stickiness, text);
      return;
    default: {
      const own = stickyCookie(stickiness);
      if (own === null) return;
      if (own.why !== null) text.remark(1, "sticky-cookie", own.why, position);
      text.line(1, `cookie ${own.cookie} insert indirect nocache`);
    }
  }
}

function writeTable(stickiness: Extract<StickinessIntent, { kind: "table" }>, text: ConfigurationText): void {
  const { key, position, words } = stickiness;
  const size = stickiness.size || DEFAULT_TABLE_SIZE;
  const expire = durationWords(stickiness.expireUs || DEFAULT_EXPIRE_US);
  const isCookie = key.kind === "cookie";
  text.line(1, `stick-table type ${key.kind === "address" ? "ip" : "string len 64"} size ${size} expire ${expire}`);
  if (isCookie) {
    text.line(1, `stick on req.cook(${key.name})`);
    text.line(1, `stick store-response res.cook(${key.name})`);
    return;
  }
  if (key.kind === "header") text.line(1, `stick on req.hdr(${key.name})`);
  else if (key.kind === "parameter") text.line(1, `stick on url_param(${key.name})`);
  else if (key.kind === "address") text.line(1, "stick on src");
  else {
    text.remark(
      1,
      "stickiness",
      `${words}: HAProxy has no name for this key; the path is remembered instead`,
      position,
    );
    text.line(1, "stick on path");
  }
}
