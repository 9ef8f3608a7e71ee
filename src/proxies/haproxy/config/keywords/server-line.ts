import type { Args } from "../args.ts";
import { copyServer, hasBackend, type ProxyDraft, type ServerDraft, typeWord } from "../drafts.ts";
import { leadingInteger } from "../number-values.ts";
import { invalidNameCharacter } from "../proxy-sections.ts";
import type { Reader } from "../reader.ts";
import { Fault } from "../report.ts";
import { serverAddress } from "../server-address.ts";
import { NOT_IN_DEFAULT_SERVER, SERVER_WORDS, UNMODELLED_SERVER_WORDS } from "../server-words.ts";
import { similarWord } from "../similar-word.ts";
import type { Keyword } from "./keyword.ts";
import { SERVER_PARAMETERS } from "./server-parameters.ts";

const MOST_TEMPLATE_SERVERS = 4095;

/** `server NAME ADDRESS …`. Source: HAProxy 2.6.12 src/server.c, parse_server. */
export const server: Keyword = (reader, args, proxy) => {
  if (!mayHaveServers(reader, args, proxy)) return;
  if (args.at(2) === "") {
    say(reader, args, null, "'server' expects <name> and <addr>[:<port>] as arguments.");
    return;
  }
  const wrong = invalidNameCharacter(args.at(1));
  if (wrong !== null) {
    say(reader, args, null, `character '${wrong}' is not permitted in server name '${args.at(1)}'.`, 1);
    return;
  }
  const draft = newServer(proxy, args, args.at(1));
  if (!addressFits(reader, args, draft, 2) || !readParameters(reader, args, draft, 3, proxy)) return;
  if (finish(reader, args, draft)) proxy.servers.push(draft);
};

/** `server-template PREFIX COUNT|RANGE ADDRESS …`: servers PREFIX1, PREFIX2, … of one address. */
export const serverTemplate: Keyword = (reader, args, proxy) => {
  if (!mayHaveServers(reader, args, proxy)) return;
  if (args.at(3) === "") {
    say(reader, args, null, "'server-template' expects <prefix> <nb | range> <addr>[:<port>] as arguments.");
    return;
  }
  const [low = "", high] = args.at(2).split("-");
  const first = high === undefined ? 1 : leadingInteger(low);
  const last = high === undefined ? leadingInteger(low) : leadingInteger(high);
  if (first < 0 || last < first || last - first >= MOST_TEMPLATE_SERVERS) {
    say(reader, args, null, `Wrong server-template number or range arg '${args.at(2)}'.`, 2);
    return;
  }
  const draft = newServer(proxy, args, args.at(1));
  draft.fromTemplate = true;
  if (!addressFits(reader, args, draft, 3) || !readParameters(reader, args, draft, 4, proxy)) return;
  if (!finish(reader, args, draft)) return;
  for (let i = first; i <= last; i++) {
    proxy.servers.push({ ...copyServer(draft), name: `${args.at(1)}${i}`, id: i === first ? draft.id : null });
  }
};

/** `default-server …`: parameters of all servers that follow in the section. */
export const defaultServer: Keyword = (reader, args, proxy) => {
  if (proxy.kind !== "defaults" && !mayHaveServers(reader, args, proxy)) return;
  readParameters(reader, args, proxy.settings.defaultServer, 1, proxy);
};

function mayHaveServers(reader: Reader, args: Args, proxy: ProxyDraft): boolean {
  if (proxy.kind === "defaults") {
    reader.report.alert(`[${args.here}] : '${args.keyword}' not allowed in 'defaults' section.`, args.position());
    return false;
  }
  if (hasBackend(proxy)) return true;
  reader.report.alert(
    `[${args.here}] : parsing [${args.here}] : '${args.keyword}' not allowed because ${typeWord(proxy)} '${proxy.name}' has no backend capability.`,
    args.position(),
  );
  return false;
}

function newServer(proxy: ProxyDraft, args: Args, name: string): ServerDraft {
  const draft = copyServer(proxy.settings.defaultServer);
  draft.name = name;
  draft.owner = proxy.name;
  draft.line = args.line;
  draft.position = args.span(0);
  return draft;
}

/** An alert about a server line, in the form that names the server once it is known. */
function say(reader: Reader, args: Args, draft: ServerDraft | null, text: string, i = 0): void {
  const who = draft === null || draft.owner === "" ? "" : `'server ${draft.owner}/${draft.name}' : `;
  reader.report.alert(`[${args.here}] : ${who}${text}`, args.position(i));
}

function addressFits(reader: Reader, args: Args, draft: ServerDraft, i: number): boolean {
  try {
    const { host, port, portOffset } = serverAddress(args.at(i));
    draft.host = host;
    draft.port = port;
    draft.portOffset = portOffset;
    return true;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    say(reader, args, draft, error.message, i);
    return false;
  }
}

function readParameters(reader: Reader, args: Args, draft: ServerDraft, from: number, proxy: ProxyDraft): boolean {
  const isDefault = args.keyword === "default-server";
  for (let i = from; args.at(i) !== ""; ) {
    const word = args.at(i);
    const count = SERVER_WORDS.get(word);
    if (count === undefined) {
      unknownWord(reader, args, draft, i, isDefault);
      return false;
    }
    if (isDefault && NOT_IN_DEFAULT_SERVER.has(word)) {
      reader.report.softAlert(
        `[${args.here}] : '${word}' option is not accepted in default-server sections`,
        args.position(i),
      );
    } else if (!readParameter(reader, args, draft, i)) return false;
    if (UNMODELLED_SERVER_WORDS.has(word)) reader.passOver("unmodelled", word, args.position(i));
    proxy.places.set(`server ${draft.name} ${word}`, args.position(i));
    if (count < 0) return true;
    i += 1 + count;
  }
  return true;
}

function readParameter(reader: Reader, args: Args, draft: ServerDraft, i: number): boolean {
  try {
    SERVER_PARAMETERS.get(args.at(i))?.(draft, args, i, reader);
    return true;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const at = args.at(i + 1) === "" ? i : i + 1;
    say(reader, args, args.keyword === "default-server" ? null : draft, `${error.message}.`, at);
    return false;
  }
}

function unknownWord(reader: Reader, args: Args, draft: ServerDraft, i: number, isDefault: boolean): void {
  const word = args.at(i);
  const best = similarWord(word, [...SERVER_WORDS.keys()]);
  const meant = best === null ? "." : `; did you mean '${best}' maybe ?`;
  const hint = isDefault ? " Hint: no address was expected for this server." : "";
  say(reader, args, isDefault ? null : draft, `unknown keyword '${word}'${meant}${hint}`, i);
}

function finish(reader: Reader, args: Args, draft: ServerDraft): boolean {
  if (draft.checkSettings.enabled && draft.track !== null) {
    say(reader, args, draft, "unable to enable checks and tracking at the same time!");
    return false;
  }
  if (draft.agentSettings.enabled && (draft.agentSettings.port ?? 0) === 0) {
    say(reader, args, draft, `server ${draft.name} does not have agent port. Agent check has been disabled.`);
    return false;
  }
  return true;
}
