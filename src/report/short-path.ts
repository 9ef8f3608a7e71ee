/** Coordinates of a drawing have one decimal; here they are whole numbers of tenths, so that differences are exact. */
type Corner = readonly [x: number, y: number];

const PART = /([A-Za-z])|(-?(?:\d+\.?\d*|\.\d+))/g;
/** Numbers that follow a command once. */
const NUMBERS: Readonly<Record<string, number>> = { M: 2, L: 2, H: 1, V: 1, Z: 0 };

const ABSOLUTE = /^[MLHVZ\d\s.,-]*$/;

/**
 * A path in absolute coordinates (M, L, H, V, Z) in fewer characters: from corner to corner instead of from the origin. Any
 * other path stays as it is.
 */
export function shortPath(path: string): string {
  if (!ABSOLUTE.test(path)) return path;
  let text = "";
  let command = "";
  let from: Corner = [0, 0];
  let start: Corner = [0, 0];
  const say = (name: string, ...numbers: readonly number[]): void => {
    // A command goes on until another comes; only a move goes on as lines.
    if (name !== command || name === "z") text += name;
    command = name === "M" ? "L" : name === "m" ? "l" : name;
    for (const number of numbers) text += (needsSpace(text, number) ? " " : "") + tenths(number);
  };
  for (const { name, to } of commandsOf(path)) {
    const step: Corner = [to[0] - from[0], to[1] - from[1]];
    if (name === "M") {
      if (text === "") say("M", ...to);
      else say("m", ...step);
      start = to;
    } else if (name === "Z") say("z");
    else if (name === "H" || (name === "L" && step[1] === 0 && command !== "l")) say("h", step[0]);
    else if (name === "V" || (name === "L" && step[0] === 0 && command !== "l")) say("v", step[1]);
    else say("l", ...step);
    from = name === "Z" ? start : to;
  }
  return text;
}

/** A path of steps (h along, v up or down): where a value holds on, there is only the way along. */
export function shortSteps(path: string): string {
  let text = "";
  let from: Corner | null = null;
  for (const { name, to } of commandsOf(path)) {
    if (name === "M" || from === null) text += `M${tenths(to[0])} ${tenths(to[1])}`.replace(" -", "-");
    else {
      if (to[0] !== from[0]) text += `h${tenths(to[0] - from[0])}`;
      if (to[1] !== from[1]) text += `v${tenths(to[1] - from[1])}`;
    }
    from = to;
  }
  return text;
}

/**
 * Corners of a path that `shortPath` wrote, in pixels; of one that `shortSteps` wrote, the values: where each way along
 * begins, and where each line ends.
 */
export function pathCorners(path: string, isSteps: boolean): readonly Corner[] {
  const corners: Corner[] = [];
  let at: Corner = [0, 0];
  let start: Corner = [0, 0];
  let isOpen = false;
  const put = (): void => {
    corners.push([at[0] / 10, at[1] / 10]);
  };
  for (const { name, numbers } of wordsOf(path)) {
    const [a = 0, b = 0] = numbers;
    if (isSteps && (name === "h" || (name === "M" && isOpen))) put();
    if (name === "M") at = [a, b];
    else if (name === "m" || name === "l") at = [at[0] + a, at[1] + b];
    else if (name === "h") at = [at[0] + a, at[1]];
    else if (name === "v") at = [at[0], at[1] + a];
    else at = start;
    if (name === "M" || name === "m") start = at;
    if (!isSteps && name !== "z") put();
    isOpen = true;
  }
  if (isSteps && isOpen) put();
  return corners;
}

/** Every command with its numbers in tenths; a command that goes on is said again. */
function wordsOf(path: string): readonly { readonly name: string; readonly numbers: readonly number[] }[] {
  const words: { name: string; numbers: number[] }[] = [];
  let name = "";
  for (const [, letter, number] of path.matchAll(PART)) {
    if (letter !== undefined) {
      name = letter;
      words.push({ name, numbers: [] });
      continue;
    }
    const last = words[words.length - 1];
    const isFull = last === undefined || last.numbers.length === NUMBERS[name.toUpperCase()];
    if (isFull && name === "M") name = "L";
    if (isFull && name === "m") name = "l";
    if (isFull) words.push({ name, numbers: [] });
    words[words.length - 1]?.numbers.push(Math.round(Number(number) * 10));
  }
  return words;
}

/** Absolute commands with the corner that each goes to. */
function commandsOf(path: string): readonly { readonly name: string; readonly to: Corner }[] {
  let at: Corner = [0, 0];
  return wordsOf(path).map(({ name, numbers: [a = 0, b = 0] }) => {
    if (name === "H") at = [a, at[1]];
    else if (name === "V") at = [at[0], a];
    else if (name !== "Z") at = [a, b];
    return { name, to: at };
  });
}

/** 12.5, −.5, 3 */
function tenths(value: number): string {
  return String(value / 10).replace(/^(-?)0\./, "$1.");
}

/** A minus sign, or the point of a number after another with a point, begins a number by itself. */
function needsSpace(text: string, value: number): boolean {
  if (!/[\d.]$/.test(text) || value < 0) return false;
  return !(tenths(value).startsWith(".") && /\.\d*$/.test(text));
}
