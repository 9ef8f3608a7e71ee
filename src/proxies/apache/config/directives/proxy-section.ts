import { isBadPattern } from "../../pattern.ts";
import { Where } from "../known-directives.ts";
import { readWord, readWords } from "../words.ts";
import { type Call, FILE_SECTIONS, type HandlerTable, refuse, refuseInside, sectionArgument } from "./call.ts";
import { sectionParameters } from "./proxy-set.ts";

/** <Proxy URL [key=value …]> and <ProxyMatch REGEX>. */
function proxySection(call: Call): void {
  refuseInside(call, [...FILE_SECTIONS, "<location", "<locationmatch"]);
  const argument = sectionArgument(call);
  const { word, next } = readWord(argument, 0);
  const isMatch = call.known.name === "<ProxyMatch";
  if (isMatch && isBadPattern(word.text)) refuse(call, "Regex could not be compiled");
  call.inside({
    kind: "proxy",
    server: call.context.server,
    path: word.text,
    isRegex: isMatch,
    where: Where.LIMIT + Where.OPTIONS + Where.FILEINFO + Where.AUTH + Where.INDEXES + Where.SECTIONS + Where.PROXY,
    reach: word.text === "*" ? "server" : "part",
    section: null,
    group: null,
  });
  const rest = readWords(argument, next);
  if (rest.length === 0) return;
  if (isMatch) refuse(call, "Multiple <ProxyMatch> arguments not (yet) supported.");
  if (/[*?[]/.test(word.text)) refuse(call, `${call.known.name}> arguments are not supported for wildchar url.`);
  if (!word.text.includes(":")) refuse(call, `${call.known.name}> arguments are not supported for non url.`);
  sectionParameters(call, word.text, rest);
}

export const PROXY_SECTION: HandlerTable = [
  ["<proxy", proxySection],
  ["<proxymatch", proxySection],
];
