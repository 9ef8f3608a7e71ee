// npm run bench [-- SECTION…] [--write]: prints the tables; with --write also into docs/reference/performance.md.
import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { SECTIONS } from "./sections.js";

const PAGE = "docs/reference/performance.md";
const names = process.argv.slice(2).filter((word) => word !== "--write");
const unknown = names.find((name) => SECTIONS.every((section) => section.name !== name));
if (unknown !== undefined) {
  console.error(`no section ${unknown}; there are ${SECTIONS.map(({ name }) => name).join(", ")}`);
  process.exit(2);
}

const chosen = SECTIONS.filter(({ name }) => names.length === 0 || names.includes(name));
const measured = new Map();
for (const section of chosen) {
  const table = await section.measure();
  console.log(`${section.title}\n\n${table}\n`);
  measured.set(section.title, text(section, table));
}
if (process.argv.includes("--write")) writeFileSync(PAGE, page(measured));

function text({ title, before, after }, table) {
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? "unknown"}, Node ${process.versions.node}`;
  const when = `Measured on ${new Date().toISOString().slice(0, 10)}: ${machine}.`;
  return [`## ${title}`, before, when, table, ...(after === undefined ? [] : [after])].join("\n\n");
}

/** The sections that were measured now, and of the others what the page says. */
function page(measured) {
  const old = new Map();
  for (const part of readFileSync(PAGE, "utf8")
    .split(/^(?=## )/m)
    .slice(1))
    old.set(/^## (.*)$/m.exec(part)[1], part.trim());
  const sections = SECTIONS.map(({ title }) => measured.get(title) ?? old.get(title)).filter(
    (part) => part !== undefined,
  );
  const head = `# Performance

Written by \`npm run bench -- --write\`; with the names of sections (${SECTIONS.map(({ name }) => name).join(", ")}) it measures only these.
Shared machines vary by a third: compare the rows of one table only.`;
  return `${[head, ...sections].join("\n\n")}\n`;
}
