/** The observed time and its bins. */
export interface Window {
  readonly fromUs: number;
  readonly toUs: number;
  readonly binUs: number;
  readonly bins: number;
}

export function makeWindow(fromUs: number, toUs: number, binUs: number): Window {
  return { fromUs, toUs, binUs, bins: Math.max(1, Math.ceil((toUs - fromUs) / binUs)) };
}

/** Bin of an instant, or -1 outside the observed time. */
export function binOf(window: Window, nowUs: number): number {
  if (nowUs < window.fromUs || nowUs >= window.toUs) return -1;
  return Math.floor((nowUs - window.fromUs) / window.binUs);
}
