/** One double seen as two 32-bit words; which of them is the high one depends on the machine, the answers do not. */
const double = new Float64Array(1);
const words = new Int32Array(double.buffer);
double[0] = 1;
const HIGH = words[0] === 0 ? 1 : 0;
const LOW = 1 - HIGH;

/** Sign, exponent and the upper 20 bits of the fraction of a double, as an int32. */
export function highWord(x: number): number {
  double[0] = x;
  return words[HIGH] as number;
}

/** The lower 32 bits of the fraction of a double, as an int32. */
export function lowWord(x: number): number {
  double[0] = x;
  return words[LOW] as number;
}
