/**
 * Connections at once where no `global maxconn` is written. HAProxy derives it from the hard limit of open files: under
 * Debian's service 524288, two for each connection and some kept back (src/haproxy.c, compute_ideal_maxconn, 2.6.12). The
 * one assumption for limits of listeners, for the default of fullconn, and for what a scenario is told.
 */
export const DEFAULT_MAXCONN = 262_118;
