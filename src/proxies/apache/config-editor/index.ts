export { editHttpdConf } from "./edit-httpd-conf.ts";
export type { EditedConfig, EditResult, EditTarget } from "./edit-target.ts";
