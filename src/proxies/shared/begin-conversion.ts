import type { BalancingIntent } from "../../contract/balancing-intent.ts";
import { ConfigurationText } from "./configuration-text.ts";

/** The head of a converted configuration: where it comes from, and what its source says that nobody carried over. */
export function beginConversion(intent: BalancingIntent, program: string): ConfigurationText {
  const text = new ConfigurationText();
  text.comment(0, `Written by lbsim convert: the nearest configuration of ${program} to one of ${intent.family}.`);
  text.comment(0, 'Where the meaning could not be kept a comment that begins with "lbsim" says why.');
  for (const { what, position } of intent.leftOut)
    text.remark(0, "left-out", `not carried over, because lbsim knows no twin of it: ${what}`, position);
  text.line(0, "");
  return text;
}
