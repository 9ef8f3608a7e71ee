// npm run bench: prints the tables; with --write also docs/reference/performance.md.
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { benchEngine, formatEngineRows } from "./engine.js";
import { benchLbMethods, formatLbMethodRows } from "./lbmethods.js";
import { benchReportPage, formatReportPageRows } from "./report-page.js";
import { benchCommonNumbers, benchCoverage, formatCommonNumberRows, formatCoverage } from "./statistics.js";
import { benchThreads, formatThreadRows } from "./threads.js";
import { benchWholeRequests, formatWholeRequestRows } from "./whole-request.js";

const engine = formatEngineRows(await benchEngine());
console.log(engine);
const whole = formatWholeRequestRows(benchWholeRequests(2));
console.log(`\n${whole}`);
const lbmethods = formatLbMethodRows(benchLbMethods());
console.log(`\n${lbmethods}`);
const threads = formatThreadRows(benchThreads());
console.log(`\n${threads}`);
const commonNumbers = formatCommonNumberRows(benchCommonNumbers());
console.log(`\n${commonNumbers}`);
const coverage = formatCoverage(benchCoverage());
console.log(`\n${coverage}`);
const reportPage = formatReportPageRows(await benchReportPage());
console.log(`\n${reportPage}`);

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

## Methods

A whole request of each method with many members, nanoseconds; one request a session, so that every one is a pick.

\`\`\`
${lbmethods}
\`\`\`

Real nginx and Apache look at every member at each pick of round robin, least_conn and Apache's methods, and so does lbsim;
hashes, rings and HAProxy's trees do not grow with the number of members.

## Threads

A sweep of 32 tasks (16 loads × 2 replications of the quick start, 150 minutes each) from the start of the program to its end,
the shortest of three runs. One more worker costs 250 to 300 ms before it earns (thread, modules, first uncompiled run), so it
is started only where it takes more than that off the others. The aim is 1.85 on two threads.

\`\`\`
${threads}
\`\`\`

## Report page

Chromium, headless, 1280 × 900: from opening the file to the first paint, and until the films are unpacked and the search
works; then the slider of the status page moves in every frame from end to end, traced. "More than a film holds": 330,000
requests in one replication, thinned out to the film's 200,000 places, as that of a run with ten million would be.

\`\`\`
${reportPage}
\`\`\`

## Statistics

Common random numbers on the quick start, byrequests against bybusyness: variance of the difference of independent runs,
divided by that of paired ones (40 replications). So many times fewer replications give the same interval.

\`\`\`
${commonNumbers}
\`\`\`

Coverage, M/M/1 at load 0.5, 2,000 requests a replication, mean response time, 95 % intervals:

\`\`\`
${coverage}
\`\`\`
`;
}
