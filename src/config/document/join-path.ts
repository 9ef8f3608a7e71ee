/** A path written in `file`, relative to the folder of that file; absolute paths stay. `.` and `..` are worked out. */
export function joinPath(file: string, path: string): string {
  if (path.startsWith("/")) return path;
  const folder = file.includes("/") ? file.slice(0, file.lastIndexOf("/")) : "";
  const isAbsolute = folder.startsWith("/") || file.startsWith("/");
  const steps: string[] = [];
  for (const step of [...folder.split("/"), ...path.split("/")]) {
    if (step === "" || step === ".") continue;
    if (step === ".." && steps.length > 0 && steps.at(-1) !== "..") steps.pop();
    else if (step !== ".." || !isAbsolute) steps.push(step);
  }
  const joined = steps.join("/");
  return isAbsolute ? `/${joined}` : joined === "" ? "." : joined;
}
