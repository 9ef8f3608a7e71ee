export { editHaproxyCfg } from "./edit-haproxy-cfg.ts";
