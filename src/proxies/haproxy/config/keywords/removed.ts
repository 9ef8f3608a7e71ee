import type { Keyword } from "./keyword.ts";

const SINCE_21 = "directive is not supported anymore since HAProxy 2.1.";

/** Keywords of old versions and what HAProxy 2.6.12 says about them. */
const REMOVED: ReadonlyMap<string, string> = new Map([
  ["reqrep", use("'http-request replace-path', 'http-request replace-uri' or 'http-request replace-header'")],
  ["cliexp", use("'http-request replace-path', 'http-request replace-uri' or 'http-request replace-header'")],
  ["reqdel", use("'http-request del-header'")],
  ["reqidel", use("'http-request del-header'")],
  ["reqirep", use("'http-request replace-header'")],
  ["reqallow", use("'http-request allow'")],
  ["reqiallow", use("'http-request allow'")],
  ["reqtarpit", use("'http-request tarpit'")],
  ["reqitarpit", use("'http-request tarpit'")],
  ["reqideny", use("'http-request deny'")],
  ["reqadd", use("'http-request add-header'")],
  ["srvexp", use("'http-response replace-header'")],
  ["rsprep", use("'http-response replace-header'")],
  ["rspirep", use("'http-response replace-header'")],
  ["rspdeny", use("'http-response deny'")],
  ["rspideny", use("'http-response deny'")],
  ["rspidel", use("'http-response del-header'")],
  ["rspadd", use("'http-response add-header'")],
  ["rspdel", `The 'rspdel' ${SINCE_21} Use 'http-response del-header' .`],
  ["reqdeny", "The 'reqdeny' not supported anymore since HAProxy 2.1. Use 'http-request deny' instead."],
  ["reqpass", "The 'reqpass' not supported anymore since HAProxy 2.1."],
  ["reqipass", `The 'reqipass' ${SINCE_21}`],
  ["block", `The 'block' ${SINCE_21} Use 'http-request deny' which uses the exact same syntax.`],
  ["redispatch", "keyword 'redispatch' directive is not supported anymore since HAProxy 2.1. Use 'option redispatch'."],
  ["redisp", "keyword 'redisp' directive is not supported anymore since HAProxy 2.1. Use 'option redispatch'."],
  ["appsession", "'appsession' is not supported anymore since HAProxy 1.6."],
  ["usesrc", "'usesrc' only allowed after a 'source' statement."],
]);

function use(what: string): string {
  return `The '%s' ${SINCE_21} Use ${what} instead.`;
}

/** What is said about a keyword that no longer exists; null for others. */
export function removedKeyword(name: string): Keyword | null {
  const text = REMOVED.get(name);
  if (text === undefined) return null;
  return (reader, args) => reader.alert(args, text.replace("%s", name));
}
