import type { Reader } from "./reader.ts";
import { positionIn, replaceIn, type SourceLine } from "./source-line.ts";

/**
 * Puts values in for ${NAME}, as `ap_resolve_env` does: Define'd values before environment variables; an unknown name
 * stays as it is and is warned about (AH00111) unless it contains a colon.
 */
export function resolveVariables(reader: Reader, line: SourceLine): SourceLine {
  let result = line;
  let at = result.text.indexOf("${");
  while (at >= 0) {
    const close = result.text.indexOf("}", at + 2);
    if (close < 0) break;
    const name = result.text.slice(at + 2, close);
    const value = reader.variables.get(name) ?? ownValue(reader.host.env, name);
    if (value === undefined) {
      if (!name.includes(":")) {
        const position = positionIn(result, at, close + 1);
        reader.warn(`[core:warn] AH00111: Config variable \${${name}} is not defined`, position);
      }
      at = result.text.indexOf("${", close);
    } else {
      result = replaceIn(result, at, close + 1, value);
      at = result.text.indexOf("${", at + value.length);
    }
  }
  return result;
}

function ownValue(env: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(env, name) ? env[name] : undefined;
}
