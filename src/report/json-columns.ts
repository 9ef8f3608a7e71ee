/** A value as JSON knows it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * Values of one kind, told together: what stands in the same place of all of them stands beside each other, which is how a
 * compressor finds out that it is alike.
 */
type Columns =
  /** Sections with the same keys. */
  | { readonly keys: { readonly [key: string]: Columns } }
  /** Lists of one short length: what comes first in each, what comes second … */
  | { readonly places: readonly Columns[] }
  /** Lists one after another. */
  | { readonly lengths: readonly number[]; readonly items: Columns }
  /** Whole numbers, each as the difference to the one before. */
  | { readonly steps: readonly number[] }
  | readonly Json[];

/** Lists as short as this are records without names. */
const MOST_PLACES = 3;

/** A document in columns, as JSON. */
export function toColumns(document: Json): string {
  return JSON.stringify(columnsOf([document]));
}

/** The document that `toColumns` wrote. */
export function fromColumns(text: string): Json {
  return valuesOf(JSON.parse(text) as Columns, 1)[0] as Json;
}

function columnsOf(values: readonly Json[]): Columns {
  if (values.length > 0 && values.every(isList)) return listColumns(values);
  if (values.length > 0 && values.every(isSection)) {
    const keys = Object.keys(values[0] as object);
    const alike = values.every((value) => String(Object.keys(value)) === String(keys));
    if (alike)
      return {
        keys: Object.fromEntries(keys.map((key) => [key, columnsOf(values.map((value) => value[key] as Json))])),
      };
  }
  return values.length > 1 && values.every(Number.isSafeInteger) ? stepColumns(values as readonly number[]) : values;
}

function listColumns(values: readonly (readonly Json[])[]): Columns {
  const length = values[0]?.length ?? 0;
  if (values.length > 1 && length > 0 && length <= MOST_PLACES && values.every((value) => value.length === length))
    return { places: Array.from({ length }, (_, place) => columnsOf(values.map((value) => value[place] as Json))) };
  return { lengths: values.map((value) => value.length), items: columnsOf(values.flat(1)) };
}

/** As steps only where that is shorter. */
function stepColumns(values: readonly number[]): Columns {
  const steps = values.map((value, i) => value - (values[i - 1] ?? 0));
  return steps.every(Number.isSafeInteger) && String(steps).length < String(values).length ? { steps } : values;
}

function valuesOf(columns: Columns, count: number): readonly Json[] {
  if (isList(columns)) return columns as readonly Json[];
  if ("steps" in columns) {
    let last = 0;
    return columns.steps.map((step) => {
      last += step;
      return last;
    });
  }
  if ("lengths" in columns) {
    const items = valuesOf(
      columns.items,
      columns.lengths.reduce((sum, length) => sum + length, 0),
    );
    let at = 0;
    return columns.lengths.map((length) => {
      at += length;
      return items.slice(at - length, at);
    });
  }
  if ("places" in columns) {
    const places = columns.places.map((place) => valuesOf(place, count));
    return Array.from({ length: count }, (_, i) => places.map((place) => place[i] as Json));
  }
  const entries = Object.entries(columns.keys).map(([key, of]) => [key, valuesOf(of, count)] as const);
  return Array.from({ length: count }, (_, i) => Object.fromEntries(entries.map(([key, of]) => [key, of[i] as Json])));
}

function isList(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}

function isSection(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !isList(value);
}
