/** Keys kept for what is planned; a scenario that uses one is refused, so that it can't mean two things later. */
export const RESERVED_KEYS: Readonly<Record<string, string>> = {
  dependencies: "shared dependencies such as a database behind all backends",
  "shared-dependencies": "shared dependencies such as a database behind all backends",
  zones: "availability zones",
  "proxy-tiers": "several tiers of proxies",
  autoscaling: "backends that come and go with the load",
  canary: "canary weights",
};
