import type { ErrorDocument } from "./config/request-config.ts";
import { errorPage, type OwnAnswer, type OwnPages, reasonOf } from "./error-pages.ts";

const HTML = "text/html; charset=iso-8859-1";

/** What stands in the place of a page. */
export interface CustomAnswer {
  readonly answer: OwnAnswer;
  /** A file of the server: Header directives act on it as on any answer. */
  readonly isContent: boolean;
}

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
  answerFor(status: number, ruled: boolean): CustomAnswer | null {
    const document = this.documents.get(status);
    if (document === undefined || document.kind === "default") return null;
    if (document.kind === "text") {
      return { answer: this.pages.custom(status, document.text, HTML), isContent: false };
    }
    if (document.kind === "url") return { answer: this.pages.redirect(302, document.text), isContent: false };
    const file = ruled ? undefined : this.files[document.text];
    if (file !== undefined) {
      const type = document.text.endsWith(".html") ? "text/html" : "text/plain";
      return { answer: this.pages.custom(status, file, type), isContent: true };
    }
    const page = errorPage(status, reasonOf(status), null);
    const again = ruled ? `${status} ${reasonOf(status)}` : "404 Not Found";
    const more = `<p>Additionally, a ${again}\nerror was encountered while trying to use an ErrorDocument to handle the request.</p>\n`;
    return { answer: this.pages.custom(status, page.replace("</body>", `${more}</body>`), HTML), isContent: false };
  }
}
