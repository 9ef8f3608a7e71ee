const HINTS: readonly (readonly [RegExp, string])[] = [
  [/: balance only supports/, "also: first, random, hash EXPRESSION"],
  [/modes are incompatible/, "keep one of the modes; for the application's own cookie use prefix"],
  [/must be 0 or greater than 100/, "150 lets a server have half as much again as its share"],
  [/unable to find required (?:default|use)_backend/, "write a backend section of this name, or correct the name"],
  [/no such ACL/, "an acl line must stand above the rule that uses it"],
  [/unable to find stick-table|unable to find store table/, "add a stick-table line to this section, or name one"],
  [/'option redispatch'/, "write option redispatch"],
  [/Missing LF on last line/, "end the file with a line break"],
  [/is not within 0 and 256/, "weights go from 0 to 256; only their proportions matter"],
  [/could not resolve address/, "correct the address; init-addr none lets HAProxy start without it"],
];

/** What to do about an alert of HAProxy; null when its own words say it. */
export function hintForRefusal(text: string): string | null {
  return HINTS.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}
