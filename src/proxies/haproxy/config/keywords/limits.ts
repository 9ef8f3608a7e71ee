import type { Args } from "../args.ts";
import type { ProxyDraft } from "../drafts.ts";
import { leadingInteger } from "../number-values.ts";
import type { Reader } from "../reader.ts";
import type { Keyword } from "./keyword.ts";

export const maxconn: Keyword = (reader, args, proxy) => {
  reader.needs(args, proxy, "frontend", "maxconn", " Maybe you want 'fullconn' instead ?");
  const value = integer(reader, args);
  if (value !== null) proxy.settings.maxconn = value > 0 ? value : null;
};

export const backlog: Keyword = (reader, args, proxy) => {
  reader.needs(args, proxy, "frontend");
  const value = integer(reader, args);
  if (value !== null) proxy.settings.backlog = value > 0 ? value : null;
};

export const fullconn: Keyword = (reader, args, proxy) => {
  reader.needs(args, proxy, "backend", "fullconn", " Maybe you want 'maxconn' instead ?");
  const value = integer(reader, args);
  if (value !== null) proxy.settings.fullconn = value > 0 ? value : null;
};

export const retries: Keyword = (reader, args, proxy) => {
  reader.needs(args, proxy, "backend");
  if (reader.tooMany(args, 1)) return;
  if (args.at(1) === "") {
    reader.alert(args, "'retries' expects an integer argument (dispatch counts for one).");
    return;
  }
  reader.checkNumber(args, 1);
  proxy.settings.retries = leadingInteger(args.at(1));
};

/** The number behind the keyword; words count as 0; null when the line is refused. */
function integer(reader: Reader, args: Args): number | null {
  if (args.at(1) === "") {
    reader.alert(args, `'${args.keyword}' expects an integer argument.`);
    return null;
  }
  if (reader.tooMany(args, 1)) return null;
  reader.checkNumber(args, 1);
  return leadingInteger(args.at(1));
}

const RETRY_STATUSES = [401, 403, 404, 408, 425, 429, 500, 501, 502, 503, 504];

/** `retry-on …`. Source: HAProxy 2.6.12 src/proxy.c, proxy_parse_retry_on. */
export const retryOn: Keyword = (reader, args, proxy) => {
  reader.needs(args, proxy, "backend");
  const words = args.from(1);
  if (words.length === 0) {
    reader.alert(args, "'retry-on' needs at least one keyword to specify when to retry");
    return;
  }
  const draft = { connFailure: false, emptyResponse: false, junkResponse: false, responseTimeout: false };
  const statuses = new Set<number>();
  for (const [i, word] of words.entries()) {
    if (word === "none") {
      if (words.length > 1) {
        reader.alert(args, "'retry-on' 'none' keyworld only usable alone", i + 1);
        return;
      }
    } else if (word === "conn-failure") draft.connFailure = true;
    else if (word === "empty-response") draft.emptyResponse = true;
    else if (word === "junk-response") draft.junkResponse = true;
    else if (word === "response-timeout") draft.responseTimeout = true;
    else if (word === "all-retryable-errors") {
      Object.assign(draft, { connFailure: true, emptyResponse: true, junkResponse: true, responseTimeout: true });
      for (const status of [500, 502, 503, 504]) statuses.add(status);
    } else if (RETRY_STATUSES.includes(Number(word))) statuses.add(Number(word));
    else if (word !== "0rtt-rejected") {
      reader.alert(args, `'retry-on': unknown keyword '${word}'`, i + 1);
      return;
    }
  }
  proxy.settings.retryOn = { ...draft, statuses: [...statuses] };
  proxy.places.set("retry-on", args.span(0));
};

export const httpReuse: Keyword = (reader, args, proxy) => {
  reader.needs(args, proxy, "backend");
  const word = args.at(1);
  if (word !== "never" && word !== "safe" && word !== "aggressive" && word !== "always") {
    reader.alert(args, "'http-reuse' only supports 'never', 'safe', 'aggressive', 'always'.", 1);
    return;
  }
  if (!reader.tooMany(args, 0, 1)) proxy.settings.httpReuse = word;
};

export const mode: Keyword = (reader, args, proxy) => {
  if (reader.tooMany(args, 1)) return;
  const word = args.at(1);
  if (word === "http" || word === "tcp") proxy.settings.mode = word;
  else if (word === "health") {
    const text = "'mode health' doesn't exist anymore. Please use 'http-request return status 200' instead.";
    reader.alert(args, text, 1);
  } else reader.alert(args, `unknown proxy mode '${word}'.`, 1);
};

export const disabled: Keyword = (reader, args, proxy: ProxyDraft) => {
  if (!reader.tooMany(args, 0)) proxy.settings.disabled = args.keyword === "disabled";
};

export const monitorUri: Keyword = (reader, args, proxy) => {
  reader.needs(args, proxy, "frontend");
  if (reader.tooMany(args, 1)) return;
  if (args.at(1) === "") reader.alert(args, "'monitor-uri' expects an URI.");
  else proxy.settings.monitorUri = args.at(1);
};
