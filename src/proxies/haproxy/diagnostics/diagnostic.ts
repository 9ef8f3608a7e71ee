import type { Position } from "../../../contract/problem.ts";
import type { Finding, Diagnostic as SharedDiagnostic } from "../../shared/diagnostic.ts";
import type { ProxyDraft } from "../config/drafts.ts";
import type { BackendConfig, HaproxyConfig } from "../config/haproxy-config.ts";
import type { NotANumber } from "../config/reader.ts";
import type { ServerConfig } from "../config/server-config.ts";

/** What the diagnostics look at: the configuration, and what of its words the configuration has lost. */
export interface Subject {
  readonly config: HaproxyConfig;
  readonly notNumbers: readonly NotANumber[];
  readonly drafts: readonly ProxyDraft[];
}

/** A diagnostic of this family. */
export type Diagnostic = SharedDiagnostic<Subject>;

type BackendTest = (backend: BackendConfig, subject: Subject) => Finding | null;
type ServerTest = (server: ServerConfig, backend: BackendConfig, subject: Subject) => Finding | null;

/** Looks at one backend after the other. */
export function perBackend(test: BackendTest): Diagnostic["find"] {
  return (subject) => subject.config.backends.flatMap((backend) => test(backend, subject) ?? []);
}

/** Looks at one server after the other. */
export function perServer(test: ServerTest): Diagnostic["find"] {
  return eachBackend((backend, subject) => backend.servers.flatMap((server) => test(server, backend, subject) ?? []));
}

function eachBackend(test: (backend: BackendConfig, subject: Subject) => readonly Finding[]): Diagnostic["find"] {
  return (subject) => subject.config.backends.flatMap((backend) => test(backend, subject));
}

/** Where a keyword or a server's parameter was written in the section of a backend, or `otherwise`. */
export function placeOf(subject: Subject, backend: BackendConfig, key: string, otherwise: Position): Position {
  return draftOf(subject, backend)?.places.get(key) ?? otherwise;
}

/** True when the keyword stands in the section of the backend itself. */
export function isWritten(subject: Subject, backend: BackendConfig, key: string): boolean {
  return draftOf(subject, backend)?.places.has(key) ?? false;
}

function draftOf(subject: Subject, backend: BackendConfig): ProxyDraft | undefined {
  return subject.drafts.find(({ name, kind }) => name === backend.name && kind !== "frontend");
}

/** Methods that hash: they stay with their server when it is dead. */
export function hashes({ balance }: BackendConfig): boolean {
  return ["source", "uri", "url_param", "hdr", "rdp-cookie", "hash"].includes(balance.method);
}

export function secondsText(us: number): string {
  return `${us / 1_000_000} s`;
}
