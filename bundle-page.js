import { rolldown } from "rolldown";

/** Bundles the script of the report page: one classic script without imports, small enough to stand in every report. */
const bundle = await rolldown({ input: "src/report/page/report-page.ts" });
await bundle.write({ file: "dist/page/report-page.js", format: "iife", minify: true });
await bundle.close();
