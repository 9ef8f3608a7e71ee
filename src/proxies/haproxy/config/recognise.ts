const SECTIONS = /^(?:global|defaults|frontend|backend|listen)\b(?!.*[{;]\s*$)/;

/** Says by name and first lines whether a text is a haproxy.cfg: sections that stand alone on a line, without braces. */
export function looksLikeHaproxyCfg(fileName: string, text: string): boolean {
  if (/haproxy[^/]*\.(?:cfg|conf)$/i.test(fileName) || fileName.endsWith(".cfg")) return true;
  const lines = text
    .slice(0, 20_000)
    .split("\n")
    .map((line) => line.trim());
  const sections = lines.filter((line) => SECTIONS.test(line)).length;
  const others = lines.filter((line) => /[{};]$/.test(line) || line.startsWith("<")).length;
  return sections >= 1 && sections > others;
}
