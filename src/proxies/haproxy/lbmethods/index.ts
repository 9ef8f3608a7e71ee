/** Algorithms by the words of `balance`, for lists and messages. */
export const LBMETHODS: readonly { readonly name: string; readonly describe: string }[] = [
  { name: "roundrobin", describe: "dynamic weighted round robin, heavier servers first; the default" },
  { name: "static-rr", describe: "weighted round robin over a fixed map" },
  { name: "leastconn", describe: "fewest requests per weight; idle servers in the order they became idle" },
  { name: "first", describe: "the server with the lowest id that has a free slot" },
  { name: "source", describe: "hash of the client's address" },
  { name: "uri", describe: "hash of the URI, of a part of it, or of its path" },
  { name: "url_param", describe: "hash of a query parameter" },
  { name: "hdr", describe: "hash of a request header" },
  { name: "hash", describe: "hash of a sample expression, such as a cookie" },
  { name: "random", describe: "the least loaded of a few servers drawn by weight" },
];
