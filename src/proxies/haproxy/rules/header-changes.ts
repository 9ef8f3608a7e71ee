import type { Header } from "../../../contract/http-message.ts";
import type { HttpAction } from "../config/http-rule.ts";
import { exchangedText, patternOf } from "../samples/pattern.ts";

type HeaderAction = Extract<
  HttpAction,
  { kind: "set-header" | "add-header" | "del-header" | "replace-header" | "replace-value" }
>;

/** Whether an action changes headers. */
export function isHeaderAction(action: HttpAction): action is HeaderAction {
  return ["set-header", "add-header", "del-header", "replace-header", "replace-value"].includes(action.kind);
}

/** Headers after one action (manual 4.2, HAProxy 2.6). */
export function changeHeaders(
  headers: readonly Header[],
  action: HeaderAction,
  text: (format: Extract<HeaderAction, { kind: "set-header" | "add-header" }>["value"]) => string,
): readonly Header[] {
  const isNamed = ({ name }: Header): boolean => name.toLowerCase() === action.name.toLowerCase();
  switch (action.kind) {
    case "set-header":
      return [...headers.filter((header) => !isNamed(header)), { name: action.name, value: text(action.value) }];
    case "add-header":
      return [...headers, { name: action.name, value: text(action.value) }];
    case "del-header":
      return headers.filter((header) => !isDeleted(header.name, action.name, action.match));
    default: {
      const replaced = (value: string): string => exchangedText(value, action.regex, text(action.value));
      return headers.map((header) => {
        if (!isNamed(header)) return header;
        if (action.kind === "replace-header") return { ...header, value: replaced(header.value) };
        const values = header.value.split(",").map((value) => replaced(value.trim()));
        return { ...header, value: values.join(", ") };
      });
    }
  }
}

function isDeleted(name: string, pattern: string, match: string): boolean {
  const [n, p] = [name.toLowerCase(), pattern.toLowerCase()];
  if (match === "beg") return n.startsWith(p);
  if (match === "end") return n.endsWith(p);
  if (match === "sub") return n.includes(p);
  if (match === "reg") return patternOf(pattern, "i")?.test(name) ?? false;
  return n === p;
}
