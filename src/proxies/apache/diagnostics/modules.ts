import { note, warning } from "../../shared/diagnostic.ts";
import type { Diagnostic, Subject } from "./diagnostic.ts";

function usesBalancers({ config }: Subject): boolean {
  return config.balancers.length > 0;
}

const noBalancer: Diagnostic = warning(
  "module-proxy-balancer-missing",
  "without mod_proxy_balancer the server starts but every request to a balancer gets 500",
  (subject) => {
    const { config } = subject;
    if (!usesBalancers(subject) || config.modules.includes("proxy_balancer")) return [];
    const message =
      "mod_proxy_balancer is not loaded: httpd starts all the same, and every request to balancer:// gets 500";
    const hint = "LoadModule proxy_balancer_module modules/mod_proxy_balancer.so (Debian: a2enmod proxy_balancer)";
    return [{ message, hint, position: config.balancers[0]?.position ?? null }];
  },
);

const noHttp: Diagnostic = warning(
  "module-proxy-http-missing",
  "without mod_proxy_http the server starts but every request to an http member gets 503",
  ({ config }) => {
    const members = [...config.balancers.flatMap((b) => b.members), ...config.workers];
    const first = members.find((m) => m.scheme === "http" || m.scheme === "https");
    if (first === undefined || config.modules.includes("proxy_http")) return [];
    const message =
      "mod_proxy_http is not loaded: httpd starts all the same, and every request to an http member gets 503";
    const hint = "LoadModule proxy_http_module modules/mod_proxy_http.so (Debian: a2enmod proxy_http)";
    return [{ message, hint, position: first.position }];
  },
);

const elsewhere: Diagnostic = note(
  "modules-loaded-elsewhere",
  "the file loads some modules but not all that its balancers need",
  (subject) => {
    const { config, written } = subject;
    if (!usesBalancers(subject) || written.length === 0) return [];
    const methods = new Set(config.balancers.map((b) => `lbmethod_${b.lbmethod}`));
    const needed = ["proxy", "proxy_balancer", "proxy_http", "slotmem_shm", ...methods];
    const missing = needed.filter((m) => config.modules.includes(m) && !written.includes(m));
    if (missing.length === 0) return [];
    const names = missing.map((m) => `mod_${m}`).join(", ");
    const message = `the file loads modules but not ${names}: taken as loaded elsewhere`;
    const hint = "if this is the whole configuration httpd will not start; --modules as-written checks that";
    return [{ message, hint, position: config.balancers[0]?.position ?? null }];
  },
);

const otherMpm: Diagnostic = warning(
  "mpm-not-modelled",
  "the server's own limits are simulated for the event MPM only",
  ({ config }) => {
    const mpm = ["mpm_worker", "mpm_prefork"].find((m) => config.modules.includes(m));
    if (mpm === undefined) return [];
    const message = `${mpm} is loaded; lbsim follows the event MPM: kept-alive connections hold a thread or process in life but not here`;
    return [{ message, hint: null, position: null }];
  },
);

const oldDirectives: Diagnostic = note(
  "old-access-directives",
  "Order, Allow and Deny are httpd 2.2's and need mod_access_compat",
  ({ oldAccess }) => {
    if (oldAccess === null) return [];
    const message =
      "Order, Allow and Deny need mod_access_compat; without it httpd does not know them and refuses the file";
    return [{ message, hint: "write Require ip 127.0.0.1, or Require all granted", position: oldAccess }];
  },
);

export const MODULES: readonly Diagnostic[] = [noBalancer, noHttp, elsewhere, otherMpm, oldDirectives];
