import { nodePosition } from "../directive-node.ts";
import type { Call } from "../directives/call.ts";
import { atoi } from "../unit-values.ts";
import { readWords } from "../words.ts";
import { type ArgumentCheck, atLeast, type CheckTable, firstWord, oneOf } from "./check.ts";

const onOff = oneOf(["on", "off"], "parameter must be 'on' or 'off'");

/** A whole number without anything behind it. */
function number(least: number, most: number, complaint: (word: string) => string): ArgumentCheck {
  return (call) => {
    const word = firstWord(call);
    const value = /^\s*[+-]?\d+$/.test(word) ? Number(word) : Number.NaN;
    return value >= least && value <= most ? null : complaint(word);
  };
}

const bufferSize = number(0, 4294967295, (word) => `parameter must be a number between 0 and (4294967295U)): ${word}`);

function ranges(call: Call): string | null {
  const word = firstWord(call).toLowerCase();
  if (["none", "default", "unlimited"].includes(word) || atoi(word) > 0) return null;
  return `${call.known.name} requires 'none', 'default', 'unlimited' or a positive integer`;
}

const OPTIONS = [
  "indexes",
  "includes",
  "includesnoexec",
  "followsymlinks",
  "symlinksifownermatch",
  "execcgi",
  "multiviews",
  "runscripts",
];

/** set_options of core.c: with a sign in front of all, or of none. */
function options(call: Call): string | null {
  let [first, signed, whole] = [true, false, false];
  for (const { text } of readWords(call.node.args)) {
    const sign = /^[+-]/.test(text);
    const word = sign ? text.slice(1) : text;
    const mixed = "Either all Options must start with + or -, or no Option may.";
    if (sign ? !signed && !first && !whole : signed) return mixed;
    signed ||= sign;
    const lower = word.toLowerCase();
    if (lower === "none" || lower === "all") {
      const name = lower === "none" ? "None" : "All";
      if (!first) return `'Options ${name}' must be the first ${lower === "none" ? "Option" : "option"} given.`;
      if (signed) return `You may not use 'Options +${name}' or 'Options -${name}'.`;
      whole = true;
    } else if (!OPTIONS.includes(lower)) return `Illegal option ${word}`;
    first = false;
  }
  return null;
}

function override(call: Call): string | null {
  for (let n = call.node.parent; n !== null; n = n.parent) {
    if (!/^<(?:location|files)/i.test(n.name)) continue;
    const { number: line, label } = call.node.source;
    call.reader.warn(
      `[core:warn] AH00114: Useless use of AllowOverride in line ${line} of ${label}.`,
      nodePosition(call.node),
    );
    break;
  }
  return allowOverride(call);
}

const OVERRIDES = ["limit", "options", "fileinfo", "authconfig", "indexes", "none", "all"];

function allowOverride(call: Call): string | null {
  for (const { text } of readWords(call.node.args)) {
    const [word = "", value] = text.split(/=(.*)/s, 2);
    if (word.toLowerCase() === "nonfatal") {
      if (value === undefined) return `=Override, =Unknown or =All expected after ${word}`;
    } else if (!OVERRIDES.includes(word.toLowerCase())) return `Illegal override option ${word}`;
  }
  return null;
}

const FILE_ETAGS = ["none", "all", "inode", "mtime", "size", "digest"];

function fileETag(call: Call): string | null {
  for (const { text } of readWords(call.node.args)) {
    const word = text.replace(/^[+-]/, "");
    if (!FILE_ETAGS.includes(word.toLowerCase())) return `Unknown keyword '${word}' for FileETag directive`;
  }
  return null;
}

const REGEX_OPTIONS = ["icase", "dotall", "dollar_endonly", "no_dollar_endonly", "extended"];

function regexDefaults(call: Call): string | null {
  for (const { text } of readWords(call.node.args)) {
    const word = text.replace(/^[+-]/, "");
    if (text.toLowerCase() !== "none" && !REGEX_OPTIONS.includes(word.toLowerCase())) {
      return `RegexDefaultOptions: option '${word}' unknown`;
    }
  }
  return null;
}

function recursion(call: Call): string | null {
  const low = call.words.some(({ text }) => atoi(text) <= 0);
  return low ? "The recursion limit must be greater than zero." : null;
}

function cgiVariable(call: Call): string | null {
  const [name = "", rule = ""] = call.words.map(({ text }) => text);
  if (name !== "REQUEST_URI") return `Unrecognized CGI variable: "${name}"`;
  return ["current-uri", "original-uri"].includes(rule.toLowerCase())
    ? null
    : "Valid rules for REQUEST_URI are 'current-uri' and 'original-uri'";
}

const PROTOCOL_OPTIONS = [
  ["strict", "unsafe", "'Strict' and 'Unsafe'"],
  ["registeredmethods", "lenientmethods", "'RegisteredMethods' and 'LenientMethods'"],
  ["allow0.9", "require1.0", "'Allow0.9' and 'Require1.0'"],
] as const;

function protocolOptions(call: Call): string | null {
  const given = new Set<string>();
  for (const { text } of call.words) {
    const word = text.toLowerCase();
    const pair = PROTOCOL_OPTIONS.find(([one, other]) => one === word || other === word);
    if (pair === undefined) {
      return "HttpProtocolOptions accepts 'Unsafe' or 'Strict' (default), 'RegisteredMethods' or 'LenientMethods' (default), and 'Require1.0' or 'Allow0.9' (default)";
    }
    given.add(word);
    if (given.has(pair[0]) && given.has(pair[1])) return `HttpProtocolOptions ${pair[2]} are mutually exclusive`;
  }
  return null;
}

function requestBody(call: Call): string | null {
  const word = firstWord(call);
  if (!/^\s*\+?\d+$/.test(word)) return "LimitRequestBody requires a non-negative integer.";
  return BigInt(word.trim()) > 9223372036854775807n ? "LimitRequestBody argument is not parsable." : null;
}

function deprecated(text: (call: Call) => string): ArgumentCheck {
  return (call) => {
    call.reader.warn(text(call), nodePosition(call.node));
    return null;
  };
}

/** Directives of core and the MPM that lbsim passes over (httpd 2.4.x: core.c, listen.c, mpm_common.c). */
export const CORE_CHECKS: CheckTable = {
  acceptpathinfo: oneOf(["on", "off", "default"], "AcceptPathInfo must be set to on, off or default"),
  allowencodedslashes: oneOf(["on", "off", "nodecode"], "AllowEncodedSlashes must be On, Off, or NoDecode"),
  allowoverride: override,
  cgivar: cgiVariable,
  defaulttype: deprecated((call) => {
    const { number: line, label } = call.node.source;
    return `[core:warn] AH00117: Ignoring deprecated use of DefaultType in line ${line} of ${label}.`;
  }),
  enablemmap: onOff,
  enablesendfile: onOff,
  fileetag: fileETag,
  flushmaxpipelined: number(
    -1,
    2147483647,
    (word) => `parameter must be a number between -1 and (2147483647): ${word}`,
  ),
  flushmaxthreshold: bufferSize,
  hostnamelookups: oneOf(["on", "off", "double"], "parameter must be 'on', 'off', or 'double'"),
  httpprotocoloptions: protocolOptions,
  limitinternalrecursion: recursion,
  limitrequestbody: requestBody,
  limitrequestfields: atLeast(
    0,
    (_call, word) => `LimitRequestFields "${word}" must be a non-negative integer (0 = no limit)`,
  ),
  limitrequestfieldsize: atLeast(0, (_call, word) => `LimitRequestFieldsize "${word}" must be a non-negative integer`),
  limitrequestline: atLeast(0, (_call, word) => `LimitRequestLine "${word}" must be a non-negative integer`),
  limitxmlrequestbody: atLeast(0, "LimitXMLRequestBody requires a non-negative integer."),
  listencoresbucketsratio: atLeast(1, "ListenCoresBucketsRatio must be > 0"),
  listentcpdeferaccept: atLeast(1, "ListenTCPDeferAccept must be > 0"),
  maxmemfree: atLeast(0, (_call, word) => `Invalid MaxMemFree value: ${word}`),
  maxrangeoverlaps: ranges,
  maxrangereversals: ranges,
  maxranges: ranges,
  namevirtualhost: deprecated((call) => {
    const { number: line, label } = call.node.source;
    return `AH00548: NameVirtualHost has no effect and will be removed in the next release ${label}:${line}`;
  }),
  options,
  port: () => "Port was replaced with Listen in Apache 2.0",
  protocolshonororder: oneOf(["on", "off"], "ProtocolsHonorOrder must be 'on' or 'off'"),
  readbuffersize: bufferSize,
  receivebuffersize: socketBuffer,
  regexdefaultoptions: regexDefaults,
  sendbuffersize: socketBuffer,
  serversignature: oneOf(["on", "off", "email"], "ServerSignature: use one of: off | on | email"),
  servertokens: oneOf(
    ["os", "min", "minimal", "major", "minor", "prod", "productonly", "full"],
    "ServerTokens takes 1 argument: 'Prod(uctOnly)', 'Major', 'Minor', 'Min(imal)', 'OS', or 'Full'",
  ),
  threadstacksize: atLeast(0, (_call, word) => `Invalid ThreadStackSize value: ${word}`),
  traceenable: oneOf(["on", "off", "extended"], "TraceEnable must be one of 'on', 'off', or 'extended'"),
  usecanonicalphysicalport: onOff,
};

function socketBuffer(call: Call): string | null {
  const bytes = atoi(firstWord(call));
  return bytes < 512 && bytes !== 0 ? `${call.known.name} must be >= 512 bytes, or 0 for system default.` : null;
}
