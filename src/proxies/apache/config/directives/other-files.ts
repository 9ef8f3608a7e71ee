import { wordPosition } from "../directive-node.ts";
import { type Call, type HandlerTable, passOver, refuse } from "./call.ts";

/** Directives that name a file which must be there when httpd reads them. */
function certificate(call: Call): void {
  const { reader, known } = call;
  const word = call.words[0];
  const written = word?.text ?? "";
  const path = reader.resolve(written);
  if (reader.host.load(path) === null && word !== undefined) {
    if (reader.reportsMissingFiles) {
      refuse(call, `${known.name}: file '${path}' does not exist or is empty`, word);
    }
    const message = `${known.name} ${written} is not on this machine: taken as being there`;
    const hint = "httpd refuses to start where it is missing; --missing-files report asks for the same here";
    reader.note("assumed-file", message, hint, wordPosition(call.node, word));
  }
  passOver(call, "ignored");
}

function errorDirective(call: Call): void {
  const message = call.node.args.replace(/^["'](.*)["']$/s, "$1");
  refuse(call, message === "" ? "The Error directive was used with no message." : message);
}

export const OTHER_FILES: HandlerTable = [
  ["sslcertificatefile", certificate],
  ["sslcertificatekeyfile", certificate],
  ["sslcertificatechainfile", certificate],
  ["error", errorDirective],
];
