import fc from "fast-check";
import { it } from "vitest";
import { randomScenario } from "./random-scenario.ts";
import { startRun } from "./start-run.ts";
it("hunt", () => {
  const t = { runs: 0, req: 0, zero: 0, out: new Array(8).fill(0), faults: 0, fo: 0, lost: 0, dec: 0, sess: 0, winnerless: 0, unres: 0, retried: 0, maxEvents: 0 };
  const states = new Map<string, number>();
  const kinds = new Map<string, number>();
  fc.assert(fc.property(randomScenario, (r) => {
    const run = startRun(r, { keepRows: true });
    run.machine.listener = { ...run.machine.listener, decided: (d) => { t.dec++; if (d.method === "session") t.sess++; if (d.winner < 0) t.winnerless++; } };
    const f = run.recorder.faultChanged;
    run.recorder.faultChanged = (n, a, b, c) => { t.faults++; const k = run.world.faults[a]?.effect.kind ?? "?"; kinds.set(k, (kinds.get(k) ?? 0) + 1); f.call(run.recorder, n, a, b, c); };
    run.run();
    const res = run.result();
    t.runs++; t.req += run.recorder.started; if (run.recorder.started === 0) t.zero++;
    for (const [i, o] of res.outcomes.entries()) t.out[i] += o;
    for (const m of res.states) for (const s of m) states.set(s.state, (states.get(s.state) ?? 0) + 1);
    t.fo += res.metrics.failovers ?? 0; t.lost += res.metrics.sessions_lost ?? 0; t.unres += res.metrics.unresolved ?? 0; t.retried += res.metrics.retries ?? 0;
    t.maxEvents = Math.max(t.maxEvents, res.events);
    for (const [k, v] of Object.entries(res.metrics)) if (v !== null && (!Number.isFinite(v) || v < 0)) throw new Error(`${k}=${v}`);
    for (const k of ["availability", "availability_attempts", "availability_sessions", "availability_time", "fairness", "wasted_work"]) { const v = res.metrics[k]; if (v !== null && v !== undefined && v > 1 + 1e-9) throw new Error(`${k}=${v}`); }
    for (const u of res.utilisation) if (u < 0 || u > 1.0001) throw new Error(`utilisation ${u}`);
    for (const m of res.members) if (m.failures > m.attempts) throw new Error("more failures than attempts");
  }), { numRuns: Number(process.env.RUNS ?? 500) });
  console.log(JSON.stringify(t), [...states].map(([a, b]) => `${a}:${b}`).join(" | "), [...kinds].join(" "));
});
