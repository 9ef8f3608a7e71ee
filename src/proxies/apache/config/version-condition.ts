/** The version whose behaviour lbsim follows: what <IfVersion> compares with. */
const HTTPD_VERSION = "2.4.71";

const BAD_VERSION =
  "Version appears to be invalid. It must have the format major[.minor[.patch]] where major, minor and patch are numbers.";

/** Arguments of <IfVersion> without the closing ">"; gives httpd's complaint as text when they make no sense. */
export function versionMatches(words: readonly string[]): boolean | string {
  const [first = "", second] = words;
  const hasOperator = second !== undefined;
  const negated = hasOperator && first.startsWith("!") && first !== "!";
  const operator = !hasOperator ? "=" : negated ? first.slice(1) : first;
  const operand = hasOperator ? second : first;
  const outcome = compare(operator, operand);
  return typeof outcome === "string" || !negated ? outcome : !outcome;
}

function compare(operator: string, operand: string): boolean | string {
  const slashed = /^\/(.*)\/$/.exec(operand)?.[1];
  if (operator === "~") return matchesPattern(operand);
  if ((operator === "=" || operator === "==") && slashed !== undefined) return matchesPattern(slashed);
  const numbers = /^(\d+)(?:\.(\d+))?(?:\.(\d+))?$/.exec(operand);
  if (numbers === null) return BAD_VERSION;
  const wanted = [Number(numbers[1]), Number(numbers[2] ?? 0), Number(numbers[3] ?? 0)];
  const own = HTTPD_VERSION.split(".").map(Number);
  let order = 0;
  for (let i = 0; i < 3 && order === 0; i++) order = (own[i] ?? 0) - (wanted[i] ?? 0);
  switch (operator) {
    case "=":
    case "==":
      return order === 0;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    default:
      return `unrecognized operator '${operator}'`;
  }
}

function matchesPattern(pattern: string): boolean | string {
  try {
    return new RegExp(pattern).test(HTTPD_VERSION);
  } catch {
    return "Unable to compile regular expression";
  }
}
