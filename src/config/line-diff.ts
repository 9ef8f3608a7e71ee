const CONTEXT = 3;
/** Above this the changed part is shown as one replaced block: settings change a few lines of a file. */
const MAX_CELLS = 4_000_000;

interface Step {
  readonly sign: " " | "-" | "+";
  readonly line: string;
}

/** The change of a text in the form of `diff -u`, three lines of context; "" when both are equal. */
export function lineDiff(file: string, before: string, after: string): string {
  if (before === after) return "";
  const steps = stepsOf(before.split("\n"), after.split("\n"));
  const near = steps.map((_, index) =>
    steps.slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1).some((step) => step.sign !== " "),
  );
  const lines = [`--- ${file}`, `+++ ${file} (changed)`];
  let oldLine = 1;
  let newLine = 1;
  for (let i = 0; i < steps.length; ) {
    if (near[i] !== true) {
      oldLine++;
      newLine++;
      i++;
      continue;
    }
    let end = i;
    while (near[end] === true) end++;
    const hunk = steps.slice(i, end);
    const oldCount = hunk.filter((step) => step.sign !== "+").length;
    const newCount = hunk.filter((step) => step.sign !== "-").length;
    lines.push(`@@ -${oldLine},${oldCount} +${newLine},${newCount} @@`, ...hunk.map((step) => step.sign + step.line));
    oldLine += oldCount;
    newLine += newCount;
    i = end;
  }
  return `${lines.join("\n")}\n`;
}

/** Longest common subsequence of the lines between the common beginning and the common end. */
function stepsOf(before: readonly string[], after: readonly string[]): readonly Step[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let oldEnd = before.length;
  let newEnd = after.length;
  while (oldEnd > start && newEnd > start && before[oldEnd - 1] === after[newEnd - 1]) {
    oldEnd--;
    newEnd--;
  }
  const same = (lines: readonly string[]): Step[] => lines.map((line) => ({ sign: " ", line }));
  const middle = changedSteps(before.slice(start, oldEnd), after.slice(start, newEnd));
  return [...same(before.slice(0, start)), ...middle, ...same(before.slice(oldEnd))];
}

function changedSteps(before: readonly string[], after: readonly string[]): readonly Step[] {
  const rows = before.length;
  const columns = after.length;
  const removed = (line: string): Step => ({ sign: "-", line });
  const added = (line: string): Step => ({ sign: "+", line });
  if (rows * columns > MAX_CELLS) return [...before.map(removed), ...after.map(added)];
  // common[i][j] = length of the longest common subsequence of before[i…] and after[j…].
  const common = Array.from({ length: rows + 1 }, () => new Int32Array(columns + 1));
  const cell = (i: number, j: number) => common[i]?.[j] ?? 0;
  for (let i = rows - 1; i >= 0; i--) {
    const row = common[i];
    for (let j = columns - 1; row !== undefined && j >= 0; j--) {
      row[j] = before[i] === after[j] ? cell(i + 1, j + 1) + 1 : Math.max(cell(i + 1, j), cell(i, j + 1));
    }
  }
  const steps: Step[] = [];
  let i = 0;
  let j = 0;
  while (i < rows || j < columns) {
    const old = before[i];
    const fresh = after[j];
    if (i < rows && j < columns && old === fresh) {
      steps.push({ sign: " ", line: old ?? "" });
      i++;
      j++;
    } else if (i < rows && (j >= columns || cell(i + 1, j) >= cell(i, j + 1))) {
      steps.push(removed(old ?? ""));
      i++;
    } else {
      steps.push(added(fresh ?? ""));
      j++;
    }
  }
  return steps;
}
