import { type ClientRequest, NO_HEADERS } from "../../contract/http-message.ts";
import { Text } from "../../contract/text.ts";

const EMPTY = new Text("");

/**
 * Request records for use again and again. Only the record of an answered request comes back: one that was given up may
 * still be read by a proxy that has not noticed.
 */
export class RequestPool {
  private readonly free: ClientRequest[] = [];

  take(): ClientRequest {
    return this.free.pop() ?? makeRecord();
  }

  giveBack(record: ClientRequest): void {
    this.free.push(record);
  }
}

function makeRecord(): ClientRequest {
  return {
    method: "",
    target: EMPTY,
    host: EMPTY,
    cookie: null,
    headers: NO_HEADERS,
    bodyBytes: 0,
    chunked: false,
    upgrade: null,
    keepAlive: true,
  };
}
