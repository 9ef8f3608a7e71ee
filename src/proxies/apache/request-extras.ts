import type { ResponseHead } from "../../contract/http-message.ts";
import { Text } from "../../contract/text.ts";

/** Environment variables and cookies that rules gave a request before a member was chosen. */
export class RequestExtras {
  readonly environment = new Map<string, string>();
  private readonly cookies: { readonly name: string; readonly line: Text }[] = [];

  /** A cookie of this name is set once for a request (add_cookie of mod_rewrite.c). */
  addCookie(name: string, line: string): void {
    if (!this.cookies.some((cookie) => cookie.name === name)) this.cookies.push({ name, line: new Text(line) });
  }

  /** The head with the cookies in front: they travel with errors too (err_headers_out). */
  addTo(head: ResponseHead): ResponseHead {
    if (this.cookies.length === 0) return head;
    return { ...head, setCookies: [...this.cookies.map(({ line }) => line), ...head.setCookies] };
  }
}
