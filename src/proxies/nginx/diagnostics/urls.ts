import { warning } from "../../shared/diagnostic.ts";
import { type Diagnostic, perPassing, whereProxied } from "./diagnostic.ts";

const slashes: Diagnostic = warning(
  "proxy-pass-slash-mismatch",
  "location and proxy_pass do not both end with a slash",
  perPassing((passing) => {
    const { match, proxyPass } = passing.location;
    if (match.kind !== "prefix" && match.kind !== "final-prefix") return null;
    const uri = proxyPass?.kind === "upstream" ? proxyPass.uri : null;
    if (uri === null || match.uri.endsWith("/") === uri.endsWith("/")) return null;
    const rest = match.uri.endsWith("/") ? "x" : "/x";
    const message = `${match.uri}${rest} is passed on as ${uri}${rest}: the URI of proxy_pass replaces exactly "${match.uri}"`;
    const hint = match.uri.endsWith("/") ? `write ${uri}/` : `write location ${match.uri}/ or leave the last "/" away`;
    return { message, hint, position: whereProxied(passing) };
  }),
);

const noUpstream: Diagnostic = warning(
  "proxy-pass-names-no-upstream",
  "proxy_pass names a host that looks like an upstream but is none",
  ({ config }) =>
    config.upstreams
      .filter(
        ({ implicit, name }) => implicit && /^[A-Za-z_][\w-]*:(?:80|443)$/.test(name) && !name.startsWith("localhost:"),
      )
      .map(({ name, position }) => {
        const blocks = config.upstreams.filter((each) => !each.implicit).map((each) => each.name);
        const message = `there is no upstream "${name.replace(/:\d+$/, "")}": nginx looks it up as a host name at its start and refuses to start when it has no address`;
        const hint = blocks.length === 0 ? null : `upstreams: ${blocks.join(", ")}`;
        return { message, hint, position };
      }),
);

export const URLS: readonly Diagnostic[] = [slashes, noUpstream];
