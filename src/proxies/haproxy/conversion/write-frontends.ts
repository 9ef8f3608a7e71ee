import type { BalancingIntent, PathIntent, RouteIntent, SiteIntent } from "../../../contract/balancing-intent.ts";
import type { ConfigurationText } from "../../shared/configuration-text.ts";
import { inQuotes } from "./in-quotes.ts";

/** Answers by the proxy itself, each in a backend without servers, so that the order of the rules is kept. */
interface Answer {
  readonly name: string;
  readonly words: string;
}

type Listen = SiteIntent["listens"][number];

interface Frontend {
  readonly listens: Listen[];
  readonly sites: readonly SiteIntent[];
}

/** One frontend for the sockets that the same sites listen on: the sites with names first, then the one that takes the rest. */
export function writeFrontends(intent: BalancingIntent, text: ConfigurationText): void {
  const answers: Answer[] = [];
  for (const { listens, sites } of frontendsOf(intent)) {
    text.line(0, `frontend front_${listens.map(({ port }) => port).join("_")}`);
    writeBinds(listens, sites[0]?.position ?? null, text);
    const named = sites.filter(({ takesRest }) => !takesRest);
    const rest = sites.filter(({ takesRest }) => takesRest);
    const writing = { text, answers, counter: { n: 0 } };
    for (const each of [...named, ...rest]) writeRules(each, each.takesRest && each === rest[rest.length - 1], writing);
    text.line(0, "");
  }
  for (const { name, words } of answers) {
    text.line(0, `backend ${name}`);
    text.line(1, words);
    text.line(0, "");
  }
}

function frontendsOf({ sites }: BalancingIntent): readonly Frontend[] {
  const key = ({ host, port }: Listen): string => `${host}:${port}`;
  const listens = sites.flatMap((site) => site.listens);
  const distinct = listens.filter((listen, i) => listens.findIndex((other) => key(other) === key(listen)) === i);
  const frontends: Frontend[] = [];
  for (const listen of distinct) {
    const there = sites.filter((site) => site.listens.some((other) => key(other) === key(listen)));
    const same = frontends.find(
      (each) => each.sites.length === there.length && each.sites.every((site, i) => site === there[i]),
    );
    if (same === undefined) frontends.push({ listens: [listen], sites: there });
    else same.listens.push(listen);
  }
  return frontends;
}

function writeBinds(listens: readonly Listen[], position: SiteIntent["position"], text: ConfigurationText): void {
  for (const { host, port, tls } of listens) {
    if (tls)
      text.remark(
        1,
        "certificate",
        "lbsim does not carry certificates over: name a file with certificate and key here",
        position,
      );
    const address = host === "" ? "*" : host.includes(":") ? `[${host}]` : host;
    text.line(1, `bind ${address}:${port}${tls ? " ssl crt /etc/haproxy/certs/site.pem" : ""}`);
  }
}

interface Writing {
  readonly text: ConfigurationText;
  readonly answers: Answer[];
  readonly counter: { n: number };
}

function writeRules(site: SiteIntent, isLast: boolean, writing: Writing): void {
  const { text, counter } = writing;
  const words: string[] = [];
  if (isLast && site.names.length > 0) text.comment(1, `For ${site.names.join(", ")} and any other name.`);
  if (!isLast && site.names.length > 0) {
    const name = `host_${++counter.n}`;
    const exact = site.names.filter((each) => !each.startsWith("*"));
    const ends = site.names.filter((each) => each.startsWith("*")).map((each) => each.slice(1));
    if (exact.length > 0) text.line(1, `acl ${name} req.hdr(host),field(1,:) -i ${exact.join(" ")}`);
    if (ends.length > 0) text.line(1, `acl ${name} req.hdr(host),field(1,:) -i -m end ${ends.join(" ")}`);
    words.push(name);
  }
  for (const route of site.routes) writeRule(route, words, writing);
  const last = site.routes[site.routes.length - 1];
  const takesAll = site.routes.some(({ match }) => isEverything(match));
  if (takesAll || last === undefined || site.unmatchedStatus === 503) return;
  const name = answerName({ status: site.unmatchedStatus, location: null }, writing.answers);
  if (isLast) text.line(1, `default_backend ${name}`);
  else text.line(1, `use_backend ${name}${condition(words)}`);
}

function isEverything(match: PathIntent): boolean {
  return match.kind === "prefix" && match.path === "/";
}

function condition(words: readonly string[]): string {
  return words.length === 0 ? "" : ` if ${words.join(" ")}`;
}

function writeRule({ match, to, position }: RouteIntent, host: readonly string[], writing: Writing): void {
  const { text, answers, counter } = writing;
  if (to.kind === "answer" && to.location !== null && /[{}$%\s]/.test(to.location)) {
    text.remark(1, "path", `the redirect to ${to.location} holds variables of the source and is left out`, position);
    return;
  }
  const words = [...host];
  if (!isEverything(match)) {
    const name = `path_${++counter.n}`;
    for (const line of aclLines(match)) text.line(1, `acl ${name} ${line}`);
    words.push(name);
  }
  const backend = to.kind === "group" ? to.group : answerName(to, answers);
  if (words.length === 0) text.line(1, `default_backend ${backend}`);
  else text.line(1, `use_backend ${backend}${condition(words)}`);
}

function aclLines(match: PathIntent): readonly string[] {
  if (match.kind === "regex") {
    const caseless = match.source.startsWith("(?i)") ? " -i" : "";
    return [`path_reg${caseless} ${inQuotes(match.source.replace(/^\(\?i\)/, ""))}`];
  }
  if (match.kind === "exact") return [`path ${inQuotes(match.path)}`];
  if (!match.wholeParts || match.path.endsWith("/")) return [`path_beg ${inQuotes(match.path)}`];
  return [`path ${inQuotes(match.path)}`, `path_beg ${inQuotes(`${match.path}/`)}`];
}

function answerName(
  { status, location }: { readonly status: number; readonly location: string | null },
  answers: Answer[],
): string {
  const words =
    location === null
      ? `http-request return status ${status}`
      : `http-request redirect location ${inQuotes(location)} code ${[301, 302, 303, 307, 308].includes(status) ? status : 302}`;
  const known = answers.find((each) => each.words === words);
  if (known !== undefined) return known.name;
  const name = location === null ? `answer_${status}` : `redirect_${answers.length + 1}`;
  answers.push({ name, words });
  return name;
}
