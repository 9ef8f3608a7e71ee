import { wordPosition } from "../directive-node.ts";
import { type Call, type HandlerTable, passOver, refuse } from "./call.ts";

/** Directives that name a file or folder which must be there when httpd reads them. */
function needed(call: Call, isThere: (path: string) => boolean, complaint: (path: string) => string): void {
  const { reader, known } = call;
  const word = call.words[0];
  const written = word?.text ?? "";
  const path = reader.resolve(written);
  if (word !== undefined && !isThere(path)) {
    if (reader.reportsMissingFiles) refuse(call, `${known.name}: ${complaint(path)}`, word);
    const message = `${known.name} ${written} is not on this machine: taken as being there`;
    const hint = "httpd refuses to start where it is missing; --missing-files report asks for the same here";
    reader.note("assumed-file", message, hint, wordPosition(call.node, word));
  }
  passOver(call, "ignored");
}

function certificate(call: Call): void {
  const { host } = call.reader;
  needed(
    call,
    (path) => host.load(path) !== null,
    (path) => `file '${path}' does not exist or is empty`,
  );
}

function folder(call: Call): void {
  const { host } = call.reader;
  needed(
    call,
    (path) => host.list(`${path.replace(/\/+$/, "")}/*`).length > 0,
    (path) => `directory '${path}' does not exist`,
  );
}

function addresses(call: Call): void {
  const { host } = call.reader;
  needed(
    call,
    (path) => host.load(path) !== null,
    (path) => `Could not open file ${path}: No such file or directory`,
  );
}

const FILES = [
  "sslcertificatefile",
  "sslcertificatekeyfile",
  "sslcertificatechainfile",
  "sslcacertificatefile",
  "sslcadnrequestfile",
  "sslcarevocationfile",
  "sslocsprespondercertificatefile",
  "sslproxycacertificatefile",
  "sslproxycarevocationfile",
  "sslproxymachinecertificatefile",
  "sslproxymachinecertificatechainfile",
  "sslsessionticketkeyfile",
  "sslsrpverifierfile",
];

const FOLDERS = [
  "sslcacertificatepath",
  "sslcadnrequestpath",
  "sslcarevocationpath",
  "sslproxycacertificatepath",
  "sslproxycarevocationpath",
  "sslproxymachinecertificatepath",
];

function errorDirective(call: Call): void {
  const message = call.node.args.replace(/^["'](.*)["']$/s, "$1");
  refuse(call, message === "" ? "The Error directive was used with no message." : message);
}

export const OTHER_FILES: HandlerTable = [
  ...FILES.map((name) => [name, certificate] as const),
  ...FOLDERS.map((name) => [name, folder] as const),
  ["remoteiptrustedproxylist", addresses],
  ["remoteipinternalproxylist", addresses],
  ["error", errorDirective],
];
