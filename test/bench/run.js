// npm run bench: prints the tables; with --write also docs/reference/performance.md.
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { benchEngine, formatEngineRows } from "./engine.js";
import { benchWholeRequests, formatWholeRequestRows } from "./whole-request.js";

const engine = formatEngineRows(await benchEngine());
console.log(engine);
const whole = formatWholeRequestRows(benchWholeRequests(2));
console.log(`\n${whole}`);

if (process.argv.includes("--write")) {
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? "unknown"}, Node ${process.versions.node}`;
  const date = new Date().toISOString().slice(0, 10);
  writeFileSync("docs/reference/performance.md", page(machine, date));
}

function page(machine, date) {
  return `# Performance

Written by \`npm run bench -- --write\` on ${date}: ${machine}. Shared machines vary by a third; compare rows of one run only.

## Bare engine

One event = one arrival or one end of service. The baselines run in the same minute: "tight Node" is one hand-written loop
over typed arrays without any engine, C++ the same models at -O3.

${engine}

## Whole requests

A whole request = arrival, route match, stickiness, pick, one attempt, service, reply, session and availability
accounting, histogram, per-second counters, fingerprint; keep-alive and think time on, no faults and no hops where the row
doesn't say so. One core.

\`\`\`
${whole}
\`\`\`

The aim is 2 million whole requests a second with 3 members. It is not reached: the profile is flat, and what costs is the
number of calls and cache lines that a request touches on its way through model, driver, machine and recorder.
`;
}
