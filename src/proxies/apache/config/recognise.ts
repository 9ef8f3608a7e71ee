import { KNOWN_DIRECTIVES } from "./known-directives.ts";

/** Says by its first lines whether a text is an httpd configuration: most of its lines begin with httpd's directives. */
export function looksLikeHttpdConf(fileName: string, text: string): boolean {
  if (/\b(?:httpd|apache2?)\b[^/]*\.conf$/i.test(fileName)) return true;
  // Sections and lines that no other proxy has, however the rest is spelt.
  if (/^\s*(?:<(?:VirtualHost|Proxy|Location|IfModule|Directory)\b|ProxyPass\s|BalancerMember\s)/im.test(text))
    return true;
  let known = 0;
  let unknown = 0;
  for (const line of text.slice(0, 20_000).split("\n").slice(0, 200)) {
    const name = /^\s*(<?\/?[A-Za-z]\w*)/.exec(line)?.[1]?.replace("/", "");
    if (name === undefined) continue;
    const isKnown = KNOWN_DIRECTIVES.has(name.toLowerCase()) && !/[{;]\s*$/.test(line);
    if (isKnown) known++;
    else unknown++;
  }
  return known > unknown;
}
