import type { RedirectAction } from "./config/http-rule.ts";
import type { ProxyFigures } from "./samples/fetch.ts";
import { formatText } from "./samples/format-text.ts";
import { pathOf } from "./samples/url-parts.ts";
import type { Stream } from "./stream.ts";

/** Where a redirect leads (src/http_ana.c, http_apply_redirect_rule, 2.6.12). */
export function redirectLocation(action: RedirectAction, stream: Stream, figures: ProxyFigures): string {
  const to = formatText(action.to, stream, figures);
  if (action.how === "location") return to;
  let path = action.dropQuery ? pathOf(stream.target.text) : stream.target.text;
  if (action.appendSlash && !path.split("?")[0]?.endsWith("/")) path = path.replace(/^([^?]*)/, "$1/");
  if (action.how === "scheme") return `${to}://${stream.host.text}${path}`;
  return to === "/" ? path : to + path;
}
