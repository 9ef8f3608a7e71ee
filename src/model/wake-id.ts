/** The id of an alarm: eight kinds, and 2^28 things that it can be about. */
export function wakeId(kind: number, index: number): number {
  return (index << 3) | kind;
}
export function wakeKind(id: number): number {
  return id & 7;
}
export function wakeIndex(id: number): number {
  return id >>> 3;
}
