// npm run bench: prints the tables, or those named behind `--`; with --write all of them also to docs/reference/performance.md.
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { benchEngine, formatEngineRows } from "./engine.js";
import { benchLbMethods, formatLbMethodRows } from "./lbmethods.js";
import { benchReportPage, formatReportPageRows } from "./report-page.js";
import { benchCommonNumbers, benchCoverage, formatCommonNumberRows, formatCoverage } from "./statistics.js";
import { benchThreads, formatThreadRows } from "./threads.js";
import { benchWholeRequests, formatWholeRequestRows } from "./whole-request.js";

const SECTIONS = {
  engine: async () => formatEngineRows(await benchEngine()),
  whole: async () => formatWholeRequestRows(benchWholeRequests(2)),
  methods: async () => formatLbMethodRows(benchLbMethods()),
  threads: async () => formatThreadRows(benchThreads()),
  statistics: async () => formatCommonNumberRows(benchCommonNumbers()),
  coverage: async () => formatCoverage(benchCoverage()),
  report: async () => formatReportPageRows(await benchReportPage()),
};

const wanted = process.argv.slice(2).filter((word) => word !== "--write");
const unknown = wanted.filter((name) => !(name in SECTIONS));
if (unknown.length > 0)
  throw new Error(`no section ${unknown.join(", ")}; there are ${Object.keys(SECTIONS).join(", ")}`);
const tables = {};
for (const [name, section] of Object.entries(SECTIONS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  tables[name] = await section();
  console.log(`${tables[name]}\n`);
}

// The tables of one page come from one run.
if (process.argv.includes("--write") && wanted.length === 0) {
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

${tables.engine}

## Whole requests

A whole request = arrival, route match, stickiness, pick, one attempt, service, reply, session and availability
accounting, histogram, per-second counters, fingerprint; keep-alive and think time on, no faults and no hops where the row
doesn't say so. One core.

\`\`\`
${tables.whole}
\`\`\`

The aim is 2 million whole requests a second with 3 members. It is not reached: the profile is flat, and what costs is the
number of calls and cache lines that a request touches on its way through model, driver, machine and recorder.

## Methods

A whole request of each method with many members, nanoseconds; one request a session, so that every one is a pick.

\`\`\`
${tables.methods}
\`\`\`

Real nginx and Apache look at every member at each pick of round robin, least_conn and Apache's methods, and so does lbsim;
hashes, rings and HAProxy's trees do not grow with the number of members.

## Threads

A sweep of 32 tasks (16 loads × 2 replications of the quick start, 150 minutes each) from the start of the program to its end,
the shortest of three runs. One more worker costs 250 to 300 ms before it earns (thread, modules, first uncompiled run), so it
is started only where it takes more than that off the others. The aim is 1.85 on two threads.

\`\`\`
${tables.threads}
\`\`\`

## Report page

Chromium, headless, 1280 × 900, traced: from the start of the navigation to the first paint with content, and until the films
are unpacked and the search works; then the slider of the status page moves in every frame from end to end, and the frames
that were drawn are counted. Requests are those of one replication and all variants. Of "200,000 requests" every single one can
be looked up in the page; of ten million as many as there is room for, those that failed and those near faults first. The
aims: first paint under 1 s, 60 frames/s, 2 MB for 200,000 requests; 5 MB for ten million, drawn in 2 s.

\`\`\`
${tables.report}
\`\`\`

## Statistics

Common random numbers on the quick start, byrequests against bybusyness: variance of the difference of independent runs,
divided by that of paired ones (40 replications). So many times fewer replications give the same interval.

\`\`\`
${tables.statistics}
\`\`\`

Coverage, M/M/1 at load 0.5, 2,000 requests a replication, mean response time, 95 % intervals:

\`\`\`
${tables.coverage}
\`\`\`
`;
}
