/** Actions of each kind of rule in the order in which HAProxy 2.6.12 lists them; `(*)` = a name in parentheses follows. */
export const RULE_ACTIONS: Readonly<
  Record<"http-request" | "http-response" | "http-after-response", readonly string[]>
> = {
  "http-request": `wait-for-handshake ot-group set-log-level set-nice use-service sc-inc-gpc(*) sc-inc-gpc0(*)
    sc-inc-gpc1(*) sc-set-gpt(*) sc-set-gpt0(*) send-spoe-group do-resolve(*) cache-use add-acl(*) add-header allow auth
    capture del-acl(*) del-header del-map(*) deny disable-l7-retry early-hint normalize-uri redirect reject
    replace-header replace-path replace-pathq replace-uri replace-value return set-header set-map(*) set-method set-path
    set-pathq set-query set-uri strict-mode tarpit track-sc(*) set-timeout wait-for-body set-var-fmt(*) set-var(*)
    unset-var(*) set-dst set-dst-port set-mark set-src set-src-port set-tos silent-drop set-priority-class
    set-priority-offset`.split(/\s+/),
  "http-response": `ot-group set-log-level set-nice sc-inc-gpc(*) sc-inc-gpc0(*) sc-inc-gpc1(*) sc-set-gpt(*)
    sc-set-gpt0(*) send-spoe-group cache-store add-acl(*) add-header allow capture del-acl(*) del-header del-map(*) deny
    redirect replace-header replace-value return set-header set-map(*) set-status strict-mode track-sc(*) wait-for-body
    set-var-fmt(*) set-var(*) unset-var(*) set-mark set-tos silent-drop`.split(/\s+/),
  "http-after-response": `ot-group add-header allow capture del-header replace-header replace-value set-header
    set-status strict-mode set-var-fmt(*) set-var(*) unset-var(*)`.split(/\s+/),
};

/** Actions that lbsim does not carry out although they change results; the others it passes over don't. */
export const UNMODELLED_ACTIONS: ReadonlySet<string> = new Set([
  "add-acl",
  "cache-store",
  "cache-use",
  "del-acl",
  "del-map",
  "do-resolve",
  "normalize-uri",
  "set-dst",
  "set-dst-port",
  "set-map",
  "set-priority-class",
  "set-priority-offset",
  "set-timeout",
  "silent-drop",
  "use-service",
  "wait-for-body",
]);
