const SECOND_US = 1_000_000;
const MILLISECOND_US = 1000;

/** "5s" or "250ms", as nginx, HAProxy and Caddy all read it; at least one millisecond, rounded up to whole ones. */
export function durationWords(us: number): string {
  if (us > 0 && us % SECOND_US === 0) return `${us / SECOND_US}s`;
  return `${Math.max(1, Math.ceil(us / MILLISECOND_US))}ms`;
}
