import type { StickinessIntent } from "../../contract/balancing-intent.ts";

/** Names under which application servers keep their own session ids: a proxy that sets such a cookie destroys them. */
const OF_APPLICATIONS =
  /^(?:jsessionid|phpsessid|asp\.net_sessionid|asp\.net_core\.session|connect\.sid|sessionid|laravel_session|_session_id)$/i;

const OWN_NAME = "SERVERID";

/** The cookie that a proxy should set by itself, and why it is not the one of the source; null = it should set none. */
export function stickyCookie(
  stickiness: StickinessIntent | null,
): { readonly cookie: string; readonly why: string | null } | null {
  if (stickiness === null) return null;
  const { kind } = stickiness;
  if (kind === "marked-cookie")
    return {
      cookie: OWN_NAME,
      why: `the source ${stickiness.how === "prefix" ? "writes the member's name before" : "replaces"} the application's ${stickiness.cookie} (${stickiness.how}); here a cookie of the proxy's own, ${OWN_NAME}, names the member`,
    };
  if (kind !== "own-cookie") return null;
  const { cookie } = stickiness;
  return OF_APPLICATIONS.test(cookie)
    ? {
        cookie: OWN_NAME,
        why: `${cookie} is the name of an application's own session cookie, which a proxy's cookie of that name would overwrite; ${OWN_NAME} is used instead`,
      }
    : { cookie, why: null };
}
