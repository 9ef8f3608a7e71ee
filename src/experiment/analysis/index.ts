export * from "./batch-means.ts";
export * from "./confidence-interval.ts";
export * from "./paired-difference.ts";
export * from "./proportion.ts";
export * from "./queueing-theory.ts";
export * from "./student-t.ts";
export * from "./warm-up.ts";
