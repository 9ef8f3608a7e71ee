import type { Position } from "../../../contract/problem.ts";
import { argumentsOf, type ConfNode, positionOf } from "./conf-node.ts";

/**
 * Where directives stand: M main, E events, H http, S server, L location, U upstream, s if in server, l if in location,
 * x limit_except. The letters of known-directives.ts.
 */
export type Context = "M" | "E" | "H" | "S" | "L" | "U" | "s" | "l" | "x";

/** One directive as it was accepted. */
export interface DirectiveUse {
  readonly name: string;
  readonly args: readonly string[];
  readonly node: ConfNode;
  readonly position: Position;
}

/** A block with its directives; settings that it lacks come from `parent`. */
export class Scope {
  readonly context: Context;
  readonly parent: Scope | null;
  private readonly own = new Map<string, DirectiveUse[]>();

  constructor(context: Context, parent: Scope | null) {
    this.context = context;
    this.parent = parent;
  }

  add(name: string, node: ConfNode): void {
    const use = { name, args: argumentsOf(node), node, position: positionOf(node) };
    const known = this.own.get(name);
    if (known === undefined) this.own.set(name, [use]);
    else known.push(use);
  }

  has(name: string): boolean {
    return this.own.has(name);
  }

  /** Only what stands in the block itself. */
  ownUses(name: string): readonly DirectiveUse[] {
    return this.own.get(name) ?? [];
  }

  /**
   * What counts in the block: its own directives of this name, or else, all together, those of the nearest block around
   * it. Source: the merge functions of nginx's modules; lists are never added to each other.
   */
  uses(name: string): readonly DirectiveUse[] {
    for (let scope: Scope | null = this; scope !== null; scope = scope.parent) {
      const uses = scope.own.get(name);
      if (uses !== undefined) return uses;
    }
    return [];
  }

  /** First argument of the directive that counts, or null. */
  word(name: string): string | null {
    return this.uses(name)[0]?.args[0] ?? null;
  }
}
