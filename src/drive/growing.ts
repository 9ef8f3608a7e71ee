/** Tables indexed by small dense ids: arrays that double when an id does not fit. */

export function grownInt32(array: Int32Array<ArrayBuffer>, id: number, fill = 0): Int32Array<ArrayBuffer> {
  if (id < array.length) return array;
  const larger = new Int32Array(grownLength(array.length, id));
  if (fill !== 0) larger.fill(fill);
  larger.set(array);
  return larger;
}

export function grownFloat64(array: Float64Array<ArrayBuffer>, id: number, fill = 0): Float64Array<ArrayBuffer> {
  if (id < array.length) return array;
  const larger = new Float64Array(grownLength(array.length, id));
  if (fill !== 0) larger.fill(fill);
  larger.set(array);
  return larger;
}

function grownLength(length: number, id: number): number {
  let size = length * 2;
  while (size <= id) size *= 2;
  return size;
}
