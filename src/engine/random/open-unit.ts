const TWO_POW_26 = 67_108_864;
const TWO_POW_MINUS_52 = 1 / 4_503_599_627_370_496;

/**
 * Two random words as a number in (0, 1): the middle of one of 2^52 equal cells.
 *
 * With 52 bits the middle is exact, so 0 and 1 can't occur, `1 - u` is exact too and has the same distribution.
 */
export function openUnit(high: number, low: number): number {
  return ((high >>> 6) * TWO_POW_26 + (low >>> 6) + 0.5) * TWO_POW_MINUS_52;
}
