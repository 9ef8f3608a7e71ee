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
