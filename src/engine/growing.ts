/** Tables indexed by small dense ids: arrays of the same content and a larger length. */

export function longerInt32(array: Int32Array, length: number, fill = 0): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(length);
  if (fill !== 0) longer.fill(fill);
  longer.set(array);
  return longer;
}

export function longerFloat64(array: Float64Array, length: number, fill = 0): Float64Array<ArrayBuffer> {
  const longer = new Float64Array(length);
  if (fill !== 0) longer.fill(fill);
  longer.set(array);
  return longer;
}

export function longerUint8(array: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const longer = new Uint8Array(length);
  longer.set(array);
  return longer;
}

/** Length for a table that must hold `id`: doubled until it fits. */
export function lengthFor(length: number, id: number): number {
  let longer = length * 2;
  while (longer <= id) longer *= 2;
  return longer;
}

/** The array itself when `id` fits, else a longer one. */
export function grownInt32(array: Int32Array<ArrayBuffer>, id: number, fill = 0): Int32Array<ArrayBuffer> {
  return id < array.length ? array : longerInt32(array, lengthFor(array.length, id), fill);
}

/** The array itself when `id` fits, else a longer one. */
export function grownFloat64(array: Float64Array<ArrayBuffer>, id: number, fill = 0): Float64Array<ArrayBuffer> {
  return id < array.length ? array : longerFloat64(array, lengthFor(array.length, id), fill);
}
