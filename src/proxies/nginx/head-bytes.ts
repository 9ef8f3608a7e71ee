import type { ResponseHead } from "../../contract/http-message.ts";

const sizes = new WeakMap<ResponseHead, number>();
const LINE_REST = ": \r\n".length;

/** Length of a head as it came, in bytes. */
export function headBytes(head: ResponseHead): number {
  let bytes = sizes.get(head);
  if (bytes === undefined) {
    const line = (name: string, value: string): number => name.length + value.length + LINE_REST;
    bytes = "HTTP/1.1 200 \r\n\r\n".length + head.reason.length;
    for (const { name, value } of head.headers) bytes += line(name, value);
    for (const { text } of head.setCookies) bytes += line("Set-Cookie", text);
    if (head.location !== null) bytes += line("Location", head.location.text);
    sizes.set(head, bytes);
  }
  return bytes;
}
