import { parseDurationUs } from "./go-numbers.ts";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export function objectOf(value: Json | undefined): Record<string, Json> {
  return value !== null && typeof value === "object" && !Array.isArray(value)
    ? { ...(value as Record<string, Json>) }
    : {};
}

export function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

export function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

export function textsOf(value: Json | undefined): readonly string[] {
  return listOf(value).filter((each): each is string => typeof each === "string");
}

/** A number, also one written as a text (caddyhttp.WeakString). */
export function numberOf(value: Json | undefined): number {
  if (typeof value === "number") return value;
  return typeof value === "string" && /^\d+$/.test(value) ? Number(value) : 0;
}

/** A duration of Caddy's JSON: nanoseconds, or a text with units. */
export function microseconds(value: Json | undefined): number {
  if (typeof value === "number") return Math.round(value / 1000);
  const us = typeof value === "string" ? parseDurationUs(value) : 0;
  return typeof us === "number" ? us : 0;
}
