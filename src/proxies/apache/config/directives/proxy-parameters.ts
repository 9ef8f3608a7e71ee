import { wordPosition } from "../directive-node.ts";
import type { BalancerDraft, WorkerDraft } from "../drafts.ts";
import type { ParameterUse } from "../parameter-use.ts";
import type { Word } from "../words.ts";
import type { Call } from "./call.ts";

/** A `key=value` argument. */
export interface Parameter {
  readonly key: string;
  readonly value: string;
  readonly word: Word;
}

/** Splits at the first "="; null for a word without one. */
export function asParameter(word: Word): Parameter | null {
  const at = word.text.indexOf("=");
  return at < 0 ? null : { key: word.text.slice(0, at), value: word.text.slice(at + 1), word };
}

/** Adds to a list in which a repeated key replaces the earlier one, as in httpd's parameter tables. */
export function setParameter(list: Parameter[], parameter: Parameter): void {
  const same = list.findIndex((p) => p.key.toLowerCase() === parameter.key.toLowerCase());
  if (same < 0) list.push(parameter);
  else list[same] = parameter;
}

/** Keeps a parameter as written, for the diagnostics. */
export function recordParameter(
  call: Call,
  owner: ParameterUse["owner"],
  target: WorkerDraft | BalancerDraft,
  parameter: Parameter,
): void {
  call.reader.parameters.push({
    key: parameter.key.toLowerCase(),
    value: parameter.value,
    owner,
    name: "url" in target ? target.url : target.name,
    directive: call.known.name,
    position: wordPosition(call.node, parameter.word),
  });
}
