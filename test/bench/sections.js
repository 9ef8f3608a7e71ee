// The sections of docs/reference/performance.md: what is measured, and the words around it.
import { benchEngine, formatEngineRows } from "./engine.js";
import { benchLbMethods, formatLbMethodRows } from "./lbmethods.js";
import { benchReportPage, formatReportPageRows } from "./report-page.js";
import { benchCommonNumbers, benchCoverage, formatCommonNumberRows, formatCoverage } from "./statistics.js";
import { benchThreads, formatThreadRows } from "./threads.js";
import { benchWholeRequests, formatWholeRequestRows } from "./whole-request.js";

const verbatim = (text) => `\`\`\`\n${text}\n\`\`\``;

export const SECTIONS = [
  {
    name: "engine",
    title: "Bare engine",
    before: `One event = one arrival or one end of service. The baselines run in the same minute: "tight Node" is one hand-written loop
over typed arrays without any engine, C++ the same models at -O3.`,
    measure: async () => formatEngineRows(await benchEngine()),
  },
  {
    name: "requests",
    title: "Whole requests",
    before: `A whole request = arrival, route match, stickiness, pick, one attempt, service, reply, session and availability
accounting, histogram, per-second counters, fingerprint; keep-alive and think time on, no faults and no hops where the row
doesn't say so; some 20,000 sessions live at a time where it names no other number. One core, each row in a process of its own, the code bundled as the program is. "Held" is what the simulation
has in use halfway, beyond what the program holds before it; "process" is all that the process has at the end, with the program
itself, the compiler, and what waits to be collected.`,
    measure: async () => verbatim(formatWholeRequestRows(await benchWholeRequests())),
    after: `The aims are 2 million whole requests a second with 3 members, which is not reached, and 100 MB for 100,000 live sessions, which
is kept by what the simulation holds. The profile is flat: a request takes some 17,500 machine instructions in 64 calls on its
way through model, driver, machine and recorder, among them 800 looks into typed arrays; with 20,000 live sessions a third of
the time goes into waiting for memory.`,
  },
  {
    name: "methods",
    title: "Methods",
    before:
      "A whole request of each method with many members, nanoseconds; one request a session, so that every one is a pick.",
    measure: () => verbatim(formatLbMethodRows(benchLbMethods())),
    after: `Real nginx and Apache look at every member at each pick of round robin, least_conn and Apache's methods, and so does lbsim;
hashes, rings and HAProxy's trees look at few of them. What still grows there a little is memory: the connections and counters
of so many members no longer fit into the caches.`,
  },
  {
    name: "threads",
    title: "Threads",
    before: `A sweep of 32 tasks (16 loads × 2 replications of the quick start, 450 minutes each) from the start of the program to its end,
the shorter of two runs. One more worker costs 250 to 300 ms before it earns (thread, modules, first uncompiled run), so it is
started only where it takes more than that off the others, and a sweep of a few seconds gains less. The longest tasks are
started first. The aim is 1.85 on two threads.`,
    measure: () => verbatim(formatThreadRows(benchThreads())),
  },
  {
    name: "page",
    title: "Report page",
    before: `Chromium, headless, 1280 × 900, traced: from the start of the navigation to the first paint with content, and until the films
are unpacked and the search works; then the slider of the status page moves in every frame from end to end, and the frames
that were drawn are counted. Requests are those of one replication and all variants. Of "200,000 requests" every single one can
be looked up in the page; of ten million as many as there is room for, those that failed and those near faults first. The
aims: first paint under 1 s, 60 frames/s, 2 MB for 200,000 requests; 5 MB for ten million, drawn in 2 s.`,
    measure: async () => verbatim(formatReportPageRows(await benchReportPage())),
  },
  {
    name: "common-numbers",
    title: "Common random numbers",
    before: `The quick start, byrequests against bybusyness: variance of the difference of independent runs, divided by that of paired ones
(40 replications). So many times fewer replications give the same interval.`,
    measure: () => verbatim(formatCommonNumberRows(benchCommonNumbers())),
  },
  {
    name: "coverage",
    title: "Coverage of intervals",
    before: "M/M/1 at load 0.5, 2,000 requests a replication, mean response time, 95 % intervals:",
    measure: () => verbatim(formatCoverage(benchCoverage())),
  },
];
