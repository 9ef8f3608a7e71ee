import { isKnownStatus } from "../../error-pages.ts";
import { isUnterminated, UNTERMINATED } from "../../expression.ts";
import { nodePosition } from "../directive-node.ts";
import type { ErrorDocument } from "../request-config.ts";
import { atoi } from "../unit-values.ts";
import { type Call, type HandlerTable, passOver, refuse } from "./call.ts";
import { policyOf } from "./policy-of.ts";

/** What the second argument is taken for (set_error_document of core.c, 2.4.x). */
function kindOf(text: string): ErrorDocument["kind"] {
  if (text.toLowerCase() === "default") return "default";
  if (text.includes(" ")) return "text";
  if (text.startsWith("/")) return "path";
  return /^[A-Za-z][A-Za-z0-9+.-]*:\/\/./.test(text) ? "url" : "text";
}

function errorDocument(call: Call): void {
  const [code = "", text = ""] = call.words.map((word) => word.text);
  const status = atoi(code);
  if (!isKnownStatus(status)) refuse(call, `Unsupported HTTP response code ${code}`);
  const kind = kindOf(text);
  if (status === 401 && kind === "url") {
    const { number: line, label } = call.node.source;
    const notice = `${label}:${line} cannot use a full URL in a 401 ErrorDocument directive --- ignoring!`;
    call.reader.warn(`[core:notice] AH00113: ${notice}`, nodePosition(call.node));
    return;
  }
  if (isUnterminated(text)) refuse(call, `Cannot parse expression in ErrorDocument: ${UNTERMINATED}`);
  if (text.includes("%{") || (call.context.section?.guards.length ?? 0) > 0) passOver(call, "unmodelled");
  else policyOf(call)?.errorDocuments.set(status, { kind, text, position: nodePosition(call.node) });
}

export const ERROR_DOCUMENT: HandlerTable = [["errordocument", errorDocument]];
