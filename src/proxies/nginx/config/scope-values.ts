import { compileTemplate, plainTemplate } from "./compile-template.ts";
import type { Scope } from "./scope.ts";
import type { Template } from "./template.ts";
import { parseNumber, parseSize, parseTimeUs } from "./unit-values.ts";

/** A text that was compiled without complaint when it was read. */
export function templateOf(source: string): Template {
  const template = compileTemplate(source);
  return typeof template === "string" ? plainTemplate(source) : template;
}

/** Whether a flag is on. */
export function isOn(scope: Scope, name: string, otherwise: boolean): boolean {
  const word = scope.word(name);
  return word === null ? otherwise : word.toLowerCase() === "on";
}

/** A time with milliseconds. */
export function timeUs(scope: Scope, name: string, otherwise: number): number {
  const word = scope.word(name);
  return word === null ? otherwise : (parseTimeUs(word) ?? otherwise);
}

/** A number, or `otherwise` where nothing is written. */
export function number(scope: Scope, name: string, otherwise: number): number {
  const word = scope.word(name);
  return word === null ? otherwise : (parseNumber(word) ?? otherwise);
}

/** A size in bytes. */
export function size(scope: Scope, name: string, otherwise: number): number {
  const word = scope.word(name);
  return word === null ? otherwise : (parseSize(word, true) ?? otherwise);
}
