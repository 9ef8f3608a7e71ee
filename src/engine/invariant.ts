/** A promise of the simulator to itself was broken: a bug in lbsim, never a fault of the scenario. */
export class InvariantError extends Error {
  override readonly name = "InvariantError";
}

/**
 * Stops the run when something that must always hold does not.
 *
 * @param message what should have been true; build it only from constants on hot paths, since it is evaluated each time.
 * @throws InvariantError when `condition` is false.
 */
export function invariant(condition: boolean, message: string): asserts condition {
  if (!condition) throw new InvariantError(message);
}
