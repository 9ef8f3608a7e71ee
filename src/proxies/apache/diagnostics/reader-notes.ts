import type { DiagnosticInfo } from "../../../contract/problem.ts";

/** Told by the reader itself, which alone sees what they are about. */
export const READER_NOTES: readonly DiagnosticInfo[] = [
  {
    code: "assumed-include",
    severity: "note",
    title: "an included file is not on this machine and was read as empty",
  },
  {
    code: "assumed-file",
    severity: "note",
    title: "a file that httpd needs was taken as being there",
  },
  {
    code: "error-document-proxied",
    severity: "warning",
    title: "the page of an ErrorDocument is itself asked of a member",
  },
  {
    code: "virtual-host-balancer-copy",
    severity: "warning",
    title: "a virtual host that names a balancer of the main server gets a copy that loses members or lbmethod",
  },
  {
    code: "proxypassinherit-without-effect",
    severity: "warning",
    title: "ProxyPassInherit Off keeps no ProxyPass line of the main server away from a virtual host",
  },
];
