import type { Position } from "../../../contract/problem.ts";
import type { Finding, Diagnostic as SharedDiagnostic } from "../../shared/diagnostic.ts";
import type { LocationConfig } from "../config/location-config.ts";
import type { NginxConfig } from "../config/nginx-config.ts";
import type { Reader } from "../config/reader.ts";
import type { UpstreamConfig } from "../config/upstream-config.ts";

/** What the diagnostics look at: the configuration, and what of its words the configuration has lost. */
export interface Subject {
  readonly config: NginxConfig;
  readonly reader: Pick<Reader, "newerUses" | "draft">;
}

/** A diagnostic of this family. */
export type Diagnostic = SharedDiagnostic<Subject>;

/** Looks at one upstream block after the other. */
export function perUpstream(test: (upstream: UpstreamConfig, subject: Subject) => Finding | null): Diagnostic["find"] {
  return (subject) =>
    subject.config.upstreams.filter(({ implicit }) => !implicit).flatMap((upstream) => test(upstream, subject) ?? []);
}

/** A location that passes requests to an upstream, with that upstream. */
export interface Passing {
  readonly location: LocationConfig;
  readonly upstream: UpstreamConfig;
}

/** Every block with a proxy_pass of its own to an upstream that the file names. */
export function passings(config: NginxConfig): readonly Passing[] {
  return config.servers
    .flatMap(({ root }) => allLocations(root))
    .flatMap((location) => {
      const pass = location.proxyPass;
      const upstream =
        pass?.kind === "upstream" ? config.upstreams.find(({ name }) => name === pass.upstream) : undefined;
      return upstream === undefined ? [] : [{ location, upstream }];
    });
}

export function perPassing(test: (passing: Passing, subject: Subject) => Finding | null): Diagnostic["find"] {
  return (subject) => passings(subject.config).flatMap((passing) => test(passing, subject) ?? []);
}

function allLocations(location: LocationConfig): readonly LocationConfig[] {
  const inSteps = location.steps.flatMap((step) => (step.kind === "if" ? allLocations(step.location) : []));
  return [location, ...inSteps, ...location.locations.flatMap(allLocations)];
}

/** Where the proxy_pass of a location stands. */
export function whereProxied({ location }: Passing): Position {
  return location.proxyPass?.position ?? location.position;
}
