import type { PolicyConfig } from "./caddy-config.ts";
import { type DirectiveNode, lastWord } from "./directive-node.ts";
import { parseInteger } from "./go-numbers.ts";
import { refuse, refuseArgument, type Token } from "./token.ts";

export const DEFAULT_POLICY: PolicyConfig = { name: "random", choose: 2, key: "", secret: "" };

const WITHOUT_ARGUMENTS: readonly string[] = ["random", "least_conn", "round_robin", "first", "ip_hash", "uri_hash"];

/** `lb_policy NAME …` (reverseproxy/selectionpolicies.go, UnmarshalCaddyfile of each, Caddy 2.6.2). */
export function readPolicy(node: DirectiveNode): PolicyConfig {
  const [name, ...args] = node.args;
  if (name === undefined) throw refuseArgument(node.name);
  const policy = { ...DEFAULT_POLICY, name: name.text };
  const extra = (count: number): void => {
    if (args.length > count) throw refuseArgument(args[count] as Token);
  };
  if (WITHOUT_ARGUMENTS.includes(name.text)) {
    extra(0);
    return policy;
  }
  switch (name.text) {
    case "random_choose": {
      const [word] = args;
      if (word === undefined) throw refuseArgument(lastWord(node));
      const choose = parseInteger(word.text);
      if (typeof choose === "string") throw refuse(word, `invalid choice value '${word.text}': ${choose}`);
      return { ...policy, choose };
    }
    case "header":
      if (args.length === 0) throw refuseArgument(lastWord(node));
      extra(1);
      return { ...policy, key: (args[0] as Token).text };
    case "cookie":
      if (args.length > 2) throw refuseArgument(args[args.length - 1] as Token);
      return { ...policy, key: args[0]?.text ?? "lb", secret: args[1]?.text ?? "" };
    default: {
      const id = `http.reverse_proxy.selection_policies.${name.text}`;
      throw refuse(lastWord(node), `getting module named '${id}': module not registered: ${id}`);
    }
  }
}
