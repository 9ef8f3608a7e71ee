/** Whatever deals uniform numbers: addressed draws, a stream, or the fixed numbers of a test. */
export interface UniformSource {
  /** A uniform number u in the open interval (0, 1), never 0 and never 1. */
  next(): number;
  /** What `-ln(1 - next())` would be, to the bit and taking the same one number, but faster: exponential with mean 1. */
  nextExponential(): number;
}
