import type { Header } from "../../contract/http-message.ts";
import type { TrustedProxy } from "./config/request-config.ts";
import type { Exchange } from "./exchange.ts";
import { isInNetwork } from "./ip-network.ts";

/** Networks that only an internal proxy may name as its client's. */
const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8"];

/**
 * The client as proxies in front name it: addresses are taken from the end of the header as long as each was named by a
 * proxy that is trusted; what is left of the header is sent on (remoteip_modify_request of mod_remoteip.c, 2.4.x).
 */
export class RemoteIp {
  private readonly name: string;
  private readonly trusted: readonly TrustedProxy[];

  constructor(header: string, trusted: readonly TrustedProxy[]) {
    this.name = header.toLowerCase();
    this.trusted = trusted;
  }

  act(exchange: Exchange): void {
    const { what } = exchange;
    const found = what?.headers.find(({ name }) => name.toLowerCase() === this.name);
    if (what == null || found === undefined) return;
    const { remote, rest } = this.read(exchange.remote, found.value);
    if (remote === exchange.remote && rest === found.value) return;
    exchange.remote = remote;
    const others = what.headers.filter((header) => header !== found);
    exchange.clientHeaders = rest === "" ? others : insert(what.headers, found, rest);
  }

  private read(first: string, header: string): { readonly remote: string; readonly rest: string } {
    let remote = first;
    let rest = header;
    // Without a list every peer is trusted, but none as an internal one.
    let internal = this.trusted.length > 0;
    while (rest.trim() !== "") {
      const by = this.trusted.find(({ network }) => isInNetwork(remote, network));
      if (by === undefined && this.trusted.length > 0) break;
      if (internal) internal = by?.internal === true;
      const comma = rest.lastIndexOf(",");
      const named = rest.slice(comma + 1).trim();
      if (!/^\d+\.\d+\.\d+\.\d+$/.test(named) && !named.includes(":")) break;
      if (!internal && PRIVATE.some((network) => isInNetwork(named, network))) break;
      remote = named;
      rest = comma < 0 ? "" : rest.slice(0, comma).trimEnd();
    }
    return { remote, rest };
  }
}

function insert(headers: readonly Header[], at: Header, value: string): readonly Header[] {
  return headers.map((header) => (header === at ? { name: header.name, value } : header));
}
