import { LEVEL, SEED } from "../lab/trial.js";

const INTRODUCTION = `# Validation against theory

Made by \`npm run theory\`; \`npm test\` checks the same systems at lower loads.

Every system below is a scenario with an httpd configuration and runs through the same engine, model, driver and Apache
balancer as any other run. Limits of the server are wide, hops take no time and clients never lose patience, so that
nothing but the queue acts. "Random splitting" is \`lbmethod=heartbeat\` over hosts that always report the same number of
ready threads, "round robin" is \`byrequests\` over equal members, "the shortest queue" is \`bybusyness\`.

A replication starts empty; at least 50/(1 − ρ)² mean service times are left out, and in the availability cases 400
cycles. *Measured* is the mean over the replications ± half the width of the ${LEVEL * 100} % Student interval. A
quantity agrees when the expected value lies inside; by chance alone it would lie outside once in a thousand times. The
seed is fixed (${SEED}), so that the table is the same on every machine. Quantiles are read from a histogram whose
cells are at most 0.4 % off.
`;

const HEAD = `| system | quantity | expected | measured | deviation | replications | requests | verdict |
|---|---|---:|---:|---:|---:|---:|---|`;

/**
 * The page with the results of the long validation: the same text for the same results.
 *
 * @param {readonly { theoryCase: import("../lab/theory-case.js").TheoryCase,
 * findings: readonly import("../lab/theory-case.js").Finding[] }[]} results
 */
export function validationPage(results) {
  const rows = results.flatMap(({ theoryCase, findings }) =>
    findings.map((finding, i) => rowOf(i === 0 ? `${theoryCase.says} (${theoryCase.source})` : "", finding)),
  );
  const all = results.flatMap(({ findings }) => findings);
  const agreeing = all.filter(({ agrees }) => agrees).length;
  const verdict = `${agreeing} of ${all.length} quantities of ${results.length} systems agree.`;
  return `${INTRODUCTION}\n${verdict}\n\n${HEAD}\n${rows.join("\n")}\n`;
}

function rowOf(system, { name, expected, mean, halfWidth, agrees, replications, requests }) {
  const deviation = `${(((mean - expected) / expected) * 100).toFixed(2)} %`;
  const cells = [
    system,
    name,
    expected.toPrecision(6),
    `${mean.toPrecision(6)} ± ${halfWidth === 0 ? "0" : halfWidth.toPrecision(2)}`,
    deviation === "-0.00 %" ? "0.00 %" : deviation,
    replications,
    requests,
    agrees ? "agrees" : "**differs**",
  ];
  return `| ${cells.join(" | ")} |`;
}
