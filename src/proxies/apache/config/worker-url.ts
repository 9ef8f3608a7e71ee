/** Ports that a URL without one means (httpd's `ap_proxy_port_of_scheme`). */
const DEFAULT_PORTS = new Map([
  ["http", 80],
  ["https", 443],
  ["ws", 80],
  ["wss", 443],
  ["h2", 443],
  ["h2c", 80],
  ["ftp", 21],
  ["ajp", 8009],
  ["fcgi", 8000],
  ["scgi", 4000],
]);

/** A worker's URL taken apart. */
export interface WorkerUrl {
  /** httpd's name of the worker: scheme and host in lower case, no port where it is the scheme's own. */
  readonly name: string;
  readonly scheme: string;
  readonly host: string;
  readonly port: number;
  /** host:port as written, with the port added. */
  readonly address: string;
  readonly path: string;
}

/** Takes a worker's URL apart; gives httpd's complaint as text when it can't. */
export function parseWorkerUrl(written: string): WorkerUrl | string {
  const text = /^unix:[^|]*\|/i.test(written) ? written.slice(written.indexOf("|") + 1) : written;
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(text)?.[1];
  if (scheme === undefined) {
    return /^[^A-Za-z/][^/]*:/.test(text) ? `Unable to parse URL: ${written}` : `URL must be absolute!: ${written}`;
  }
  const rest = text.slice(scheme.length + 1);
  if (!rest.startsWith("//")) return `URL must be absolute!: ${written}`;
  const authority = /^\/\/([^/?#]*)/.exec(rest)?.[1] ?? "";
  const place = authority.slice(authority.lastIndexOf("@") + 1);
  const parts = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/s.exec(place);
  const host = parts?.[1] ?? "";
  const portText = parts?.[2] ?? "";
  if (!/^\d*$/.test(portText)) return `Unable to parse URL: ${written}`;
  if (host === "") return `URL must be absolute!: ${written}`;
  const lower = scheme.toLowerCase();
  const own = DEFAULT_PORTS.get(lower) ?? 0;
  const port = portText === "" ? own : Number(portText) % 65536;
  const path = rest.slice(2 + authority.length);
  const socket = /^unix:([^|]*)\|/i.exec(written)?.[1];
  return {
    name: `${lower}://${host.toLowerCase()}${port === own ? "" : `:${port}`}${path}`,
    scheme: lower,
    host,
    port,
    address: socket === undefined ? `${host}:${port}` : `unix:${socket}`,
    path,
  };
}

/** A target into which a pattern's groups are put: what stands before the first $ names the worker if it names a host. */
export function parsePatternUrl(written: string): WorkerUrl | string {
  const dollar = written.indexOf("$");
  if (dollar < 0) return parseWorkerUrl(written);
  const fixed = parseWorkerUrl(written.slice(0, dollar));
  return typeof fixed === "string" ? parseWorkerUrl(written) : fixed;
}

/**
 * The worker that httpd takes for this URL: the one whose name is the longest beginning of it, at least up to the end of
 * the host (`ap_proxy_get_worker`). So http://a stands for http://a/shop too.
 */
export function findWorker<W extends { readonly url: string }>(workers: readonly W[], url: WorkerUrl): W | null {
  const least = url.name.length - url.path.length;
  let best: W | null = null;
  for (const worker of workers) {
    const length = worker.url.length;
    const longer = best === null || length > best.url.length;
    if (length >= least && longer && url.name.startsWith(worker.url)) best = worker;
  }
  return best;
}

/** Name of the balancer in lower case and the rest of the URL; null when the text names none. */
export function parseBalancerUrl(text: string): { readonly name: string; readonly path: string } | null {
  const match = /^balancer:\/\/([^/]*)(.*)$/is.exec(text);
  return match === null ? null : { name: (match[1] ?? "").toLowerCase(), path: match[2] ?? "" };
}
