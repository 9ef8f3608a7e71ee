import { Text } from "../../contract/text.ts";
import type { RequestClass } from "./request-class.ts";

/** The links that a client follows once its session travels as a path parameter: every target with ";name=id.route". */
export class SessionLinks {
  private readonly targets: readonly Text[];

  constructor(classes: readonly RequestClass[], suffix: string) {
    this.targets = classes.map((kind) => new Text(withSuffix(kind.spec.target, suffix)));
  }

  target(classIndex: number): Text {
    return this.targets[classIndex] as Text;
  }
}

function withSuffix(target: string, suffix: string): string {
  const query = target.indexOf("?");
  return query < 0 ? target + suffix : target.slice(0, query) + suffix + target.slice(query);
}
