import type * as z from "zod/mini";
import { backendEntry } from "../schema/backends.ts";
import { check, shapeOf, unwrapped } from "../schema/check.ts";
import { keyInfoOf } from "../schema/keys.ts";

/** Keys of one backend as far as somebody wrote them. */
export type BackendInput = z.infer<typeof backendEntry>;

type SessionInput = NonNullable<BackendInput["session"]>;

/** Every key there, none undefined. */
type Filled<T> = { readonly [K in keyof T]-?: Exclude<T[K], undefined> };

/** Keys without a fallback in the schema: they depend on the proxy's configuration, or mean "none" when absent. */
type Open = "cookie" | "path-parameter" | "jvm-route";

/** A backend with everything that has a fallback. */
export type BackendSettings = Filled<Omit<BackendInput, "session" | "errors" | "cold-start">> &
  Pick<BackendInput, "errors" | "cold-start"> & {
    readonly session: Filled<Omit<SessionInput, Open>> & Pick<SessionInput, Open>;
  };

/**
 * One backend: what its entries say, over `backends.default`, over the defaults of the schema. `session` is put together
 * key by key, every other key is taken as a whole.
 */
export function backendSettings(layers: readonly BackendInput[]): BackendSettings {
  let merged: BackendInput = fallbacksOf(backendEntry) as BackendInput;
  for (const layer of layers) {
    merged = { ...merged, ...layer, session: { ...merged.session, ...layer.session } };
  }
  return merged as BackendSettings;
}

/** The fallbacks of a section, read as if they had been written, so that there is one source for both. */
function fallbacksOf(section: z.core.$ZodType): Readonly<Record<string, unknown>> {
  const values: Record<string, unknown> = {};
  for (const [key, schema] of Object.entries(shapeOf(section) ?? {})) {
    const fallback = keyInfoOf(unwrapped(schema))?.fallback;
    if (fallback !== undefined) {
      const read = check(unwrapped(schema), fallback, key);
      if (!read.ok) throw new RangeError(`the fallback of ${key} can't be read`);
      values[key] = read.value;
    } else if (key === "session") values[key] = fallbacksOf(schema);
  }
  return values;
}
