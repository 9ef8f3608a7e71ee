import { refuse } from "../conf-error.ts";
import type { ConfNode } from "../conf-node.ts";
import type { Reader } from "../reader.ts";

/**
 * A shared memory zone: one name belongs to one module and has one size. Source: ngx_shared_memory_add, nginx 1.22.1.
 */
export function addZone(reader: Reader, node: ConfNode, module: string, name: string, sizeBytes: number): void {
  const { zones } = reader.draft;
  const key = `${module} ${name}`;
  const size = zones.get(key) ?? 0;
  if (size > 0 && sizeBytes > 0 && size !== sizeBytes) {
    const message = `the size ${sizeBytes} of shared memory zone "${name}" conflicts with already declared size ${size}`;
    throw refuse(node, message);
  }
  const other = [...zones.keys()].find((each) => each.endsWith(` ${name}`) && each !== key);
  if (other !== undefined) {
    throw refuse(node, `the shared memory zone "${name}" is already declared for a different use`);
  }
  zones.set(key, Math.max(size, sizeBytes));
}
