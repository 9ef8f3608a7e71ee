/** Every exit code of lbsim. When several apply the first in this order wins: 1, 130, 2, 99, 3. */
export const ExitCode = {
  /** Everything was done, and every threshold passed. */
  FINE: 0,
  /** A bug in lbsim. */
  INTERNAL: 1,
  /** What was given can't be used: usage, scenario, configuration, input file. */
  UNUSABLE: 2,
  /** A comparison, replay or fingerprint differs. */
  DIFFERS: 3,
  /** A threshold failed or is inconclusive. */
  THRESHOLD: 99,
  /** Interrupted by Ctrl-C. */
  INTERRUPTED: 130,
} as const;
