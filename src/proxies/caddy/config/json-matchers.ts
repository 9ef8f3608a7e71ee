import type { Matcher } from "./caddy-config.ts";
import { goPattern } from "./go-pattern.ts";
import { type Json, listOf, objectOf, textOf, textsOf } from "./json-values.ts";

/** A matcher set of Caddy's JSON. */
export function matchersOf(set: Record<string, Json>): readonly Matcher[] {
  return Object.entries(set).flatMap(([kind, value]): readonly Matcher[] => {
    switch (kind) {
      case "path":
        return [{ kind, patterns: textsOf(value).map((each) => each.toLowerCase()) }];
      case "host":
        return [{ kind, hosts: textsOf(value).map((each) => each.toLowerCase()) }];
      case "method":
        return [{ kind, methods: textsOf(value) }];
      case "header":
        return Object.entries(objectOf(value)).map(([name, values]) => ({
          kind,
          name,
          values: values === null ? null : textsOf(values),
        }));
      case "path_regexp":
        return [{ kind, pattern: goPattern(textOf(objectOf(value).pattern)) }];
      case "query":
        return [
          {
            kind,
            parameters: Object.entries(objectOf(value)).map(([name, values]) => ({ name, values: textsOf(values) })),
          },
        ];
      case "remote_ip":
        return [{ kind, ranges: textsOf(objectOf(value).ranges), forwarded: objectOf(value).forwarded === true }];
      case "protocol":
        return [{ kind, protocol: textOf(value) }];
      case "not":
        return [{ kind, sets: listOf(value).map((each) => matchersOf(objectOf(each))) }];
      default:
        return [{ kind: "unknown", name: kind }];
    }
  });
}
