import type { SettingTarget } from "../../../contract/config-editor.ts";
import type { ApacheConfig } from "../config/apache-config.ts";

/** What a setting is about; `any` = a bare key. The same words as config-editor.ts of the scenario reader has. */
export interface EditTarget {
  readonly kind: SettingTarget["kind"];
  /** Balancer name, or a member's address, URL, host or route, also as BALANCER/MEMBER; "" where none is needed. */
  readonly name: string;
}

/** The parts of a read configuration that the editor needs; `text` must be the file that it was read from. */
export type EditedConfig = Pick<ApacheConfig, "file" | "balancers" | "workers">;
