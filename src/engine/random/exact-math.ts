/** Functions with the same bits in every JavaScript engine; below the hosts nothing else stands in for Math.log and its kin. */
export { gamma, lnGamma } from "./exact-gamma.ts";
export { normalCdf, normalQuantile } from "./exact-normal.ts";
export { exp, ln, pow } from "./ln-exp.ts";
