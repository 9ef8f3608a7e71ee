/** nginx's ngx_int_t is 64 bits wide; what lies above this is an overflow for it, too, or no sane value. */
const LARGEST = 9_007_199_254_740_991;

/** Digits only (ngx_atoi); null = no number. */
export function parseNumber(text: string): number | null {
  if (!/^\d+$/.test(text)) return null;
  const value = Number(text);
  return value > LARGEST ? null : value;
}

/** "8k", "1m", "4096" in bytes; `g` only where offsets are meant (ngx_parse_size, ngx_parse_offset). */
export function parseSize(text: string, allowsGiga = false): number | null {
  const parts = /^(\d+)([kKmMgG]?)$/.exec(text);
  if (parts === null) return null;
  const unit = (parts[2] ?? "").toLowerCase();
  if (unit === "g" && !allowsGiga) return null;
  const scale = unit === "k" ? 1024 : unit === "m" ? 1_048_576 : unit === "g" ? 1_073_741_824 : 1;
  const value = Number(parts[1]) * scale;
  return value > LARGEST ? null : value;
}

/** Order of the units: each may follow only larger ones. */
const UNITS = ["y", "M", "w", "d", "h", "m", "s", "ms"];
const SECONDS = [31_536_000, 2_592_000, 604_800, 86_400, 3600, 60, 1, 0.001];

/**
 * "1h 30m", "500ms", "10" (seconds) as seconds; null = invalid. Whole seconds refuse "ms"; milliseconds refuse years and
 * months. Source: ngx_parse_time, nginx 1.22.1.
 */
export function parseTime(text: string, wholeSeconds: boolean): number | null {
  if (!/^\d/.test(text) || !/^(?:\d+(?:ms|[yMwdhms])? *)+$/.test(text)) return null;
  // With "ms" allowed nginx begins behind the months.
  let step = wholeSeconds ? -1 : 1;
  let total = 0;
  let isAfterBare = false;
  for (const [, digits = "", unit = ""] of text.matchAll(/(\d+)(ms|[yMwdhms])? */g)) {
    if (isAfterBare) return null;
    const rank = UNITS.indexOf(unit === "" ? "s" : unit);
    if (rank <= step || (unit === "ms" && wholeSeconds)) return null;
    isAfterBare = unit === "";
    step = rank;
    total += Number(digits) * (SECONDS[rank] ?? 0);
  }
  return total > LARGEST / 1000 ? null : total;
}

/** Milliseconds of nginx as microseconds. */
export function parseTimeUs(text: string): number | null {
  const seconds = parseTime(text, false);
  return seconds === null ? null : Math.round(seconds * 1_000_000);
}
