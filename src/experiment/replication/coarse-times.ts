/** Cells per octave of the time-line's response-time histogram: 16 gives quantiles within 4.5 %. */
const PER_OCTAVE = 16;
const SHIFT = 4;

/** Cell of a response time in µs: log-linear, exact powers of two, no logarithm. */
export function coarseCell(us: number): number {
  if (us < PER_OCTAVE) return us;
  if (us >= 2147483648) return coarseCell(2147483647);
  const octave = 31 - Math.clz32(us);
  return ((octave - SHIFT + 1) << SHIFT) + ((us >>> (octave - SHIFT)) & (PER_OCTAVE - 1));
}

/** Upper bound in µs of a cell. */
export function coarseCellUpperUs(cell: number): number {
  if (cell < PER_OCTAVE) return cell;
  const octave = (cell >> SHIFT) + SHIFT - 1;
  const width = 1 << (octave - SHIFT);
  return (PER_OCTAVE + (cell & (PER_OCTAVE - 1)) + 1) * width - 1;
}

export const COARSE_CELLS = coarseCell(2147483647) + 1;
