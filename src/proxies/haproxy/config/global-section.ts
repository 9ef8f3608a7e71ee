import type { Args } from "./args.ts";
import { leadingInteger, readTime } from "./number-values.ts";
import type { Reader } from "./reader.ts";
import { similarWord } from "./similar-word.ts";

/** Keywords without effect on balancing (`haproxy -dKcfg` and src/cfgparse-global.c, 2.6.12). */
const IGNORED =
  `51degrees-data-file busy-polling ca-base chroot close-spread-time cluster-secret cpu-map crt-base daemon
  default-path description expose-experimental-directives external-check fd-hard-limit gid grace group
  h1-accept-payload-with-any-method h1-case-adjust h1-case-adjust-file httpclient.resolvers.id
  httpclient.resolvers.prefer httpclient.ssl.ca-file httpclient.ssl.verify insecure-fork-wanted insecure-setuid-wanted
  issuers-chain-path localpeer log-send-hostname log-tag lua-load lua-load-per-thread lua-prepend-path master-worker
  maxcomprate maxcompcpuusage maxpipes maxzlibmem mworker-max-reloads no-memory-trimming node noepoll noevports
  nogetaddrinfo nokqueue nopoll noreuseport nosplice numa-cpu-mapping pidfile pp2-never-send-local profiling.tasks quiet
  server-state-base server-state-file set-dumpable set-var set-var-fmt stats strict-limits thread-group thread-groups
  uid ulimit-n unix-bind user zero-warning`.split(/\s+/);
const UNMODELLED = ["maxconnrate", "maxsessrate", "maxsslconn", "maxsslrate", "hard-stop-after"];
const ACTED_ON = [
  "maxconn",
  "nbthread",
  "spread-checks",
  "max-spread-checks",
  "log",
  "setenv",
  "presetenv",
  "unsetenv",
];

/** Carries out one line of the `global` section. Source: HAProxy 2.6.12 src/cfgparse-global.c. */
export function globalKeyword(reader: Reader, args: Args): void {
  const name = args.keyword;
  const { global } = reader;
  if (name === "maxconn" || name === "nbthread") integerKeyword(reader, args, name);
  else if (name === "spread-checks") spreadChecks(reader, args);
  else if (name === "max-spread-checks") {
    const read = readTime(args.at(1), "ms");
    if (read.kind === "time") global.maxSpreadChecksUs = read.us === 0 ? null : read.us;
  } else if (name === "nbproc") {
    reader.alert(
      args,
      "nbproc is not supported any more since HAProxy 2.5. Threads will automatically be used on multi-processor machines if available.",
    );
  } else if (name === "log") logLine(reader, args);
  else if (name === "ssl-server-verify") {
    global.verifyServers = args.at(1) !== "none";
    reader.passOver("ignored", name, args.position());
  } else if (name === "setenv" || name === "presetenv" || name === "unsetenv") environment(reader, args);
  else if (name === "tune.bufsize" || name === "tune.maxrewrite") tuneSize(reader, args, name);
  else if (IGNORED.includes(name) || name.startsWith("tune.") || name.startsWith("ssl-")) {
    reader.passOver("ignored", name, args.position());
  } else if (UNMODELLED.includes(name)) reader.passOver("unmodelled", name, args.position());
  else {
    const best = similarWord(name, [
      ...IGNORED,
      ...UNMODELLED,
      ...ACTED_ON,
      "listen",
      "frontend",
      "backend",
      "defaults",
    ]);
    const meant = best === null ? "" : `; did you mean '${best}' maybe ?`;
    reader.alert(args, `unknown keyword '${name}' in 'global' section${meant}`);
  }
}

function integerKeyword(reader: Reader, args: Args, name: "maxconn" | "nbthread"): void {
  if (reader.tooMany(args, 1)) return;
  const word = args.at(1);
  if (name === "maxconn") {
    if (word === "") {
      reader.alert(args, "'maxconn' expects an integer argument.");
      return;
    }
    reader.checkNumber(args, 1);
    const value = leadingInteger(word);
    reader.global.maxconn = value > 0 ? value : null;
    return;
  }
  if (!/^\d+$/.test(word)) {
    reader.alert(args, `'nbthread' passed a missing or unparsable integer value in '${word}'`, 1);
    return;
  }
  const count = Number(word);
  if (count < 1 || count > 64) reader.alert(args, `'nbthread' value must be between 1 and 64 (was ${count})`, 1);
  else reader.global.nbthread = count;
}

function spreadChecks(reader: Reader, args: Args): void {
  if (args.at(1) === "") {
    reader.alertTight(args, "'spread-checks' expects an integer argument (0..50).");
    return;
  }
  const percent = leadingInteger(args.at(1));
  if (percent < 0 || percent > 50) {
    reader.alertTight(args, "'spread-checks' needs a positive value in range 0..50.", 1);
    return;
  }
  reader.global.spreadChecks = percent / 100;
}

function logLine(reader: Reader, args: Args): void {
  if (args.at(2) === "") reader.alert(args, "log : expects <address> and <facility>  as arguments");
  else {
    reader.global.defaultLog = true;
    reader.passOver("ignored", "log", args.position());
  }
}

/** `setenv`, `presetenv`, `unsetenv` change what later lines see in double quotes. */
function environment(reader: Reader, args: Args): void {
  const name = args.keyword;
  if (name === "unsetenv") {
    for (const each of args.from(1)) reader.environment.delete(each);
    return;
  }
  if (args.at(2) === "") {
    reader.alertTight(args, `'${name}' expects a name and a value.`);
    return;
  }
  if (name === "setenv" || !reader.environment.has(args.at(1))) reader.environment.set(args.at(1), args.at(2));
}

function tuneSize(reader: Reader, args: Args, name: "tune.bufsize" | "tune.maxrewrite"): void {
  if (args.at(1) === "") {
    reader.alert(args, `'${name}' expects an integer argument.`);
    return;
  }
  const value = leadingInteger(args.at(1));
  if (value <= 0) {
    reader.alert(args, `'${name}' expects a positive integer argument.`, 1);
    return;
  }
  if (name === "tune.bufsize") reader.global.bufferBytes = value;
  else reader.global.maxRewriteBytes = value;
}
