import type { ErrorDocument } from "./config/request-config.ts";
import { errorPage, type OwnAnswer, type OwnPages, reasonOf } from "./error-pages.ts";

/** ErrorDocument of one server or section: what clients see in place of httpd's own page (ap_die_r of http_request.c, 2.4.x). */
export class ErrorDocuments {
  private readonly documents: ReadonlyMap<number, ErrorDocument>;
  private readonly pages: OwnPages;
  private readonly files: Readonly<Record<string, string>>;

  /** @param files what the server itself has, by URL path */
  constructor(documents: ReadonlyMap<number, ErrorDocument>, pages: OwnPages, files: Readonly<Record<string, string>>) {
    this.documents = documents;
    this.pages = pages;
    this.files = files;
  }

  /**
   * Null: httpd's own page. A URL turns the answer into a redirect.
   * @param ruled a RewriteRule gave the status: it does so again when the page is asked for inside the server
   */
  answerFor(status: number, ruled: boolean): OwnAnswer | null {
    const document = this.documents.get(status);
    if (document === undefined || document.kind === "default") return null;
    if (document.kind === "text") return this.pages.custom(status, document.text, "text/html; charset=iso-8859-1");
    if (document.kind === "url") return this.pages.redirect(302, document.text);
    const file = ruled ? undefined : this.files[document.text];
    if (file !== undefined) {
      return this.pages.custom(status, file, document.text.endsWith(".html") ? "text/html" : "text/plain");
    }
    const page = errorPage(status, reasonOf(status), null);
    const again = ruled ? `${status} ${reasonOf(status)}` : "404 Not Found";
    const more = `<p>Additionally, a ${again}\nerror was encountered while trying to use an ErrorDocument to handle the request.</p>\n`;
    return this.pages.custom(status, page.replace("</body>", `${more}</body>`), "text/html; charset=iso-8859-1");
  }
}
