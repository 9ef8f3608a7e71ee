import { defineConfig } from "rolldown";

/** The script of the report page: one classic script without imports, small enough to stand in every report. */
export default defineConfig({
  input: "src/report/page/report-page.ts",
  output: { file: "dist/page/report-page.js", format: "iife", minify: true },
});
