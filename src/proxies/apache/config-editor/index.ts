export { editHttpdConf } from "./edit-httpd-conf.ts";
export type { EditedConfig, EditTarget } from "./edit-target.ts";
export { settingKeys } from "./setting-keys.ts";
