export { editNginxConf } from "./edit-nginx-conf.ts";
