import type { ClientRequest, Header } from "../../contract/http-message.ts";
import { Text } from "../../contract/text.ts";

/** The request that bare bytes amount to, or null while the head is not complete (RFC 9112 section 2). */
export function parseRawHead(text: string): ClientRequest | null {
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return null;
  const [requestLine = "", ...lines] = text.slice(0, end).split("\r\n");
  const [method = "GET", target = "/"] = requestLine.split(" ");
  const fields = lines.map((line): Header => {
    const colon = line.indexOf(":");
    return { name: line.slice(0, colon), value: line.slice(colon + 1).trim() };
  });
  const value = (name: string): string | null =>
    fields.find((field) => field.name.toLowerCase() === name)?.value ?? null;
  const cookie = value("cookie");
  return {
    method,
    target: new Text(target),
    host: new Text(value("host") ?? ""),
    cookie: cookie === null ? null : new Text(cookie),
    headers: fields.filter(({ name }) => !["host", "cookie", "connection", "upgrade"].includes(name.toLowerCase())),
    bodyBytes: Number(value("content-length") ?? 0),
    chunked: false,
    upgrade: value("upgrade"),
    keepAlive: (value("connection") ?? "keep-alive").toLowerCase() !== "close",
  };
}
