import type { ReadOptions } from "../../../contract/proxy-family.ts";

/** Built into Debian's program (`apache2 -l`). */
const BUILT_IN = ["core", "so", "watchdog", "http", "log_config", "logio", "version", "unixd"];

/** Debian 12's mods-enabled after installation. */
const DEBIAN = (
  "access_compat alias auth_basic authn_core authn_file authz_core authz_host authz_user autoindex deflate dir env " +
  "filter mime mpm_event negotiation reqtimeout setenvif status"
).split(" ");

/** Bundled modules that a server can have all at once: one MPM only, nothing that exists for tests. */
const ALL = (
  "access_compat actions alias allowmethods asis auth_basic auth_digest auth_form authn_anon authn_core authn_dbd " +
  "authn_dbm authn_file authn_socache authnz_fcgi authnz_ldap authz_core authz_dbd authz_dbm authz_groupfile " +
  "authz_host authz_owner authz_user autoindex brotli buffer cache cache_disk cache_socache cern_meta cgi cgid " +
  "charset_lite dav dav_fs dav_lock dbd deflate dialup dir dumpio echo env expires ext_filter file_cache filter " +
  "headers heartbeat heartmonitor http2 ident imagemap include info lbmethod_bybusyness lbmethod_byrequests " +
  "lbmethod_bytraffic lbmethod_heartbeat ldap log_debug log_forensic lua macro md mime mime_magic mpm_event " +
  "negotiation proxy proxy_ajp proxy_balancer proxy_connect proxy_express proxy_fcgi proxy_fdpass proxy_ftp " +
  "proxy_hcheck proxy_html proxy_http proxy_http2 proxy_scgi proxy_uwsgi proxy_wstunnel ratelimit reflector " +
  "remoteip reqtimeout request rewrite sed session session_cookie session_crypto session_dbd setenvif slotmem_plain " +
  "slotmem_shm socache_dbm socache_memcache socache_redis socache_shmcb speling ssl status substitute suexec " +
  "unique_id userdir usertrack vhost_alias xml2enc"
).split(" ");

const MPMS = ["mpm_event", "mpm_worker", "mpm_prefork"];

/** Every module that comes with httpd, loaded or not. */
const BUNDLED_MODULES: ReadonlySet<string> = new Set([...BUILT_IN, ...ALL, ...MPMS]);

/** Which modules a server has while its configuration is read. */
export class LoadedModules {
  private readonly loaded: Set<string>;
  /** Modules that the file loads itself, in order. */
  readonly written: string[] = [];
  /** Not part of the usual stock but named by the user or the distribution's defaults. */
  private readonly chosen: Set<string>;

  constructor(choice: ReadOptions["modules"]) {
    const [loaded, chosen] = startingSet(choice ?? "all");
    this.loaded = new Set([...BUILT_IN, ...loaded]);
    this.chosen = new Set(chosen);
  }

  has(module: string): boolean {
    return this.loaded.has(module);
  }

  /** True when somebody loads it on purpose: written, Debian's default, or named in the options. */
  isChosen(module: string): boolean {
    return this.loaded.has(module) && (this.chosen.has(module) || this.written.includes(module));
  }

  /** A LoadModule line. False when the file had loaded it before. */
  load(module: string): boolean {
    if (this.written.includes(module)) return false;
    this.written.push(module);
    // The stock counts one MPM; a file that loads another one means that one.
    if (MPMS.includes(module)) for (const mpm of MPMS) if (!this.written.includes(mpm)) this.loaded.delete(mpm);
    this.loaded.add(module);
    return true;
  }

  /** MPMs in use: exactly one is right. */
  mpms(): readonly string[] {
    return MPMS.filter((mpm) => this.loaded.has(mpm));
  }

  /** Modules that are not part of httpd: what directives they bring is not known. */
  foreign(): readonly string[] {
    return this.written.filter((module) => !BUNDLED_MODULES.has(module));
  }

  list(): readonly string[] {
    return [...this.loaded].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  }
}

function startingSet(choice: NonNullable<ReadOptions["modules"]>): readonly [readonly string[], readonly string[]] {
  if (choice === "all") return [ALL, []];
  if (choice === "as-written") return [[], []];
  if (choice === "debian") return [DEBIAN, DEBIAN];
  const named = [...(choice.only ?? []), ...(choice.add ?? [])];
  const omitted = choice.omit ?? [];
  return [[...(choice.only ?? ALL), ...(choice.add ?? [])].filter((m) => !omitted.includes(m)), named];
}
