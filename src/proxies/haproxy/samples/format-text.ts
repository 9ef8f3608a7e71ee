import type { FormatString } from "../config/sample-expression.ts";
import type { Stream } from "../stream.ts";
import { type ProxyFigures, sampleValue } from "./fetch.ts";
import { sampleText } from "./sample-value.ts";
import { pathOf, queryOf } from "./url-parts.ts";

/** The text of a log-format string for one request (manual 8.2.4); variables that a rule can need. */
export function formatText(format: FormatString, stream: Stream, figures: ProxyFigures): string {
  return format
    .map((part) => {
      if (part.kind === "text") return part.text;
      if (part.kind === "sample") return sampleText(sampleValue(part.sample, stream, figures));
      return variable(part.name, stream);
    })
    .join("");
}

function variable(name: string, stream: Stream): string {
  switch (name.replace(/^\{[^}]*\}/, "")) {
    case "ci":
      return stream.source;
    case "b":
      return stream.backend?.config.name ?? "-";
    case "f":
    case "ft":
      return stream.frontend.name;
    case "s":
      return stream.server?.config.name ?? "<NOSRV>";
    case "HM":
      return stream.method;
    case "HP":
      return pathOf(stream.target.text);
    case "HQ":
      return queryOf(stream.target.text) ?? "";
    case "HU":
      return stream.target.text;
    case "HV":
      return "HTTP/1.1";
    case "ST":
      return String(stream.response?.status ?? -1);
    default:
      return "-";
  }
}
