import type { ReadHost } from "../../../contract/proxy-family.ts";
import { replaceEnvironment } from "./environment.ts";
import { refuse, refuseArgument, type Token } from "./token.ts";
import { tokenize } from "./tokenize.ts";

/** What `import` may name: snippets of this configuration, files beside the importing one. */
export interface ImportContext {
  readonly host: ReadHost;
  /** The configuration itself: relative names in it are the host's to resolve. */
  readonly file: string;
  readonly snippets: Map<string, readonly Token[]>;
  /** Deepest nesting so far, to stop imports that go round in circles. */
  depth: number;
}

const DEEPEST_IMPORT = 100;

/** The words that replace `import NAME args…` (parse.go, doImport, Caddy 2.6.2). */
export function importedTokens(word: Token, args: readonly Token[], context: ImportContext): readonly Token[] {
  const [pattern, ...values] = args;
  if (pattern === undefined) throw refuseArgument(word);
  if (pattern.text === "") throw refuse(pattern, "Import requires a non-empty filepath");
  if (++context.depth > DEEPEST_IMPORT)
    throw refuse(pattern, `a cycle of imports exists between ${word.file} and ${pattern.text}`);
  const tokens = context.snippets.get(pattern.text) ?? fileTokens(pattern, context);
  return tokens.map((token) => ({ ...token, text: withArguments(token.text, values) }));
}

function withArguments(text: string, values: readonly Token[]): string {
  return text.replace(/\{args\.(\d+)\}/g, (whole, index: string) => values[Number(index)]?.text ?? whole);
}

function fileTokens(pattern: Token, { host, file: main }: ImportContext): readonly Token[] {
  const folder = pattern.file === main ? "" : pattern.file.slice(0, pattern.file.lastIndexOf("/") + 1);
  const path = pattern.text.startsWith("/") ? pattern.text : folder + pattern.text;
  const isGlob = /[*?[\]]/.test(path);
  const files = isGlob ? host.list(path) : [path];
  return files.flatMap((file) => {
    const text = host.load(file);
    if (text === null) throw refuse(pattern, `File to import not found: ${pattern.text}`);
    return tokenize(replaceEnvironment(text, host.env), file);
  });
}
