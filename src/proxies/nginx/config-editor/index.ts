export { editNginxConf } from "./edit-nginx-conf.ts";
export { settingKeys } from "./setting-keys.ts";
