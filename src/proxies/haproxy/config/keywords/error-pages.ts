import { leadingInteger } from "../number-values.ts";
import type { Keyword } from "./keyword.ts";
import { ERROR_STATUSES } from "./rule-words.ts";

/** `errorfile STATUS FILE`. Source: HAProxy 2.6.12 src/http_htx.c, proxy_parse_errorfile. */
export const errorFile: Keyword = (reader, args, proxy) => {
  const file = args.at(2);
  if (args.at(1) === "" || file === "") {
    reader.alert(args, "errorfile : expects <status_code> and <file> as arguments.");
    return;
  }
  const status = leadingInteger(args.at(1));
  if (!ERROR_STATUSES.includes(status)) {
    reader.alert(args, `errorfile : status code '${status}' not handled.`, 1);
    return;
  }
  const text = reader.fileText(file, args);
  if (text === null) {
    reader.alert(args, `errorfile : error opening file '${file}'.`, 2);
    return;
  }
  proxy.settings.errorPages.set(status, {
    status,
    text: text === "" ? null : text,
    location: null,
    position: args.span(0),
  });
};

/** `errorloc`, `errorloc302`, `errorloc303`: a redirect instead of a page. */
export const errorLocation: Keyword = (reader, args, proxy) => {
  const url = args.at(2);
  if (args.at(1) === "" || url === "") {
    reader.alert(args, `${args.keyword} : expects <status_code> and <url> as arguments.`);
    return;
  }
  const status = leadingInteger(args.at(1));
  if (!ERROR_STATUSES.includes(status)) {
    reader.alert(args, `${args.keyword} : status code '${status}' not handled.`, 1);
    return;
  }
  const code = args.keyword === "errorloc303" ? 303 : 302;
  proxy.settings.errorPages.set(status, { status, text: null, location: { url, code }, position: args.span(0) });
};

/** `errorfiles SECTION [STATUS …]`: pages of an `http-errors` section. */
export const errorFiles: Keyword = (reader, args, proxy) => {
  const pages = reader.httpErrors.get(args.at(1));
  const wanted = args.from(2).map(leadingInteger);
  for (const [status, text] of pages ?? []) {
    if (wanted.length > 0 && !wanted.includes(status)) continue;
    proxy.settings.errorPages.set(status, { status, text, location: null, position: args.span(0) });
  }
};
