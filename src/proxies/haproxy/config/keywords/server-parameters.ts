import { leadingInteger, readTime } from "../number-values.ts";
import { Fault } from "../report.ts";
import {
  flag,
  interval,
  number,
  oneOf,
  positive,
  type ServerParameter,
  text,
  warnTrailing,
} from "./server-parameter-kinds.ts";

const weight: ServerParameter = (server, args, i, reader) => {
  const value = leadingInteger(args.at(i + 1));
  if (value < 0 || value > 256) {
    throw new Fault(`weight of server ${server.name || "default-server"} is not within 0 and 256 (${value}).`);
  }
  reader.checkNumber(args, i + 1, "weight");
  server.weight = value;
};

const slowstart: ServerParameter = (server, args, i, reader) => {
  const value = args.at(i + 1);
  // The character that is told is the end of the text, and so the text ends there.
  if (value === "") throw new Fault("unexpected character '");
  const read = readTime(value, "ms");
  if (read.kind === "over") {
    const most = "maximum value is 2147483647 ms (~24.8 days)";
    throw new Fault(`overflow in argument <${value}> to <slowstart> of server ${server.name}, ${most}.`);
  }
  if (read.kind === "character") {
    throw new Fault(`unexpected character '${read.character}' in 'slowstart' argument of server ${server.name}.`);
  }
  if (read.kind !== "time") return;
  if (read.trailing !== "") warnTrailing(server, args, i, reader, read.trailing);
  // Whole seconds, rounded up (server.c, srv_parse_slowstart).
  server.slowstartUs = Math.ceil(read.us / 1_000_000) * 1_000_000;
};

const purgeDelay: ServerParameter = (server, args, i) => {
  const read = readTime(args.at(i + 1), "ms");
  if (read.kind === "character")
    throw new Fault(`unexpected character '${read.character}' in argument to <${args.at(i)}>.`);
  if (read.kind === "time") server.poolPurgeDelayUs = read.us;
};

const serverId: ServerParameter = (server, args, i, reader) => {
  const word = args.at(i);
  if (args.at(i + 1) === "") throw new Fault(`'${word}' : expects an integer argument`);
  const id = leadingInteger(args.at(i + 1));
  if (id <= 0) throw new Fault(`'${word}' : custom id has to be > 0`);
  const proxy = reader.proxies[reader.proxies.length - 1];
  const other = proxy?.servers.find((each) => each !== server && each.id === id);
  if (other !== undefined) {
    throw new Fault(`'${word}' : custom id ${id} already used at ${args.file}:${other.line} ('server ${other.name}')`);
  }
  server.id = id;
};

const initAddr: ServerParameter = (server, args, i) => {
  const known = ["libc", "last", "none"];
  const steps = args.at(i + 1).split(",");
  for (const step of steps) {
    if (known.includes(step) || /^[0-9a-fA-F.:]+$/.test(step)) continue;
    throw new Fault(`'init-addr' : unknown init-addr method '${step}', supported methods are 'libc', 'last', 'none'.`);
  }
  server.initAddr = steps;
};

const observe: ServerParameter = (server, args, i, reader) => {
  const word = args.at(i + 1);
  if (word === "") throw new Fault("'observe' expects <mode> as argument.");
  if (word === "layer7" && reader.proxies[reader.proxies.length - 1]?.settings.mode !== "http") {
    throw new Fault("'layer7' can only be used in http proxies.");
  }
  if (word !== "none" && word !== "layer4" && word !== "layer7") {
    throw new Fault(`'observe' expects one of 'none', 'layer4', 'layer7' but got '${word}'`);
  }
  server.observe = word;
};

const EXPECTS_ON_ERROR = "'on-error' expects one of 'fastinter', 'fail-check', 'sudden-death' or 'mark-down'";

/**
 * Parameters that lbsim acts on. Source: HAProxy 2.6.12 src/server.c, src/check.c, src/cfgparse-ssl.c; the messages are
 * the program's.
 */
export const SERVER_PARAMETERS: ReadonlyMap<string, ServerParameter> = new Map([
  ["weight", weight],
  [
    "maxconn",
    number((server, value) => {
      server.maxconn = value;
    }),
  ],
  [
    "minconn",
    number((server, value) => {
      server.minconn = value;
    }),
  ],
  [
    "maxqueue",
    number((server, value) => {
      server.maxqueue = value;
    }),
  ],
  [
    "max-reuse",
    number((server, value) => {
      server.maxReuse = value;
    }),
  ],
  [
    "pool-max-conn",
    number((server, value) => {
      if (value < -1) throw new Fault("'pool-max-conn' must be >= -1");
      server.poolMaxConn = value;
    }, "'pool-max-conn' expects <value> as argument."),
  ],
  ["pool-purge-delay", purgeDelay],
  ["id", serverId],
  [
    "cookie",
    text("<value>", (server, value) => {
      server.cookie = value;
    }),
  ],
  [
    "redir",
    text("<prefix>", (server, value) => {
      server.redir = value;
    }),
  ],
  [
    "check",
    flag((server) => {
      server.checkSettings.enabled = true;
    }),
  ],
  [
    "no-check",
    flag((server) => {
      server.checkSettings.enabled = false;
    }),
  ],
  [
    "inter",
    interval((server, us) => {
      server.checkSettings.interUs = us;
    }),
  ],
  [
    "fastinter",
    interval((server, us) => {
      server.checkSettings.fastinterUs = us;
    }),
  ],
  [
    "downinter",
    interval((server, us) => {
      server.checkSettings.downinterUs = us;
    }),
  ],
  [
    "rise",
    positive((server, value) => {
      server.checkSettings.rise = value;
    }),
  ],
  [
    "fall",
    positive((server, value) => {
      server.checkSettings.fall = value;
    }),
  ],
  [
    "addr",
    text("<ipv4|ipv6>", (server, value) => {
      server.checkSettings.addr = value;
    }),
  ],
  [
    "port",
    number((server, value) => {
      server.checkSettings.port = value;
    }, "'port' expects a port number as argument."),
  ],
  [
    "agent-check",
    flag((server) => {
      server.agentSettings.enabled = true;
    }),
  ],
  [
    "no-agent-check",
    flag((server) => {
      server.agentSettings.enabled = false;
    }),
  ],
  [
    "agent-port",
    number((server, value) => {
      server.agentSettings.port = value;
    }),
  ],
  [
    "agent-addr",
    text("a service address", (server, value) => {
      server.agentSettings.addr = value;
    }),
  ],
  [
    "agent-inter",
    interval((server, us) => {
      server.agentSettings.interUs = us;
    }),
  ],
  [
    "agent-send",
    text("a string", (server, value) => {
      server.agentSettings.send = value;
    }),
  ],
  ["observe", observe],
  [
    "error-limit",
    positive((server, value) => {
      server.errorLimit = value;
    }, false),
  ],
  [
    "on-error",
    oneOf(
      ["fastinter", "fail-check", "sudden-death", "mark-down"] as const,
      (got) => `${EXPECTS_ON_ERROR} but got '${got}'`,
      (server, value) => {
        server.onError = value;
      },
    ),
  ],
  [
    "on-marked-down",
    oneOf(
      ["shutdown-sessions"] as const,
      (got, word) => `'${word}' expects 'shutdown-sessions' but got '${got}'`,
      (server) => {
        server.shutdownSessionsOnDown = true;
      },
    ),
  ],
  [
    "on-marked-up",
    oneOf(
      ["shutdown-backup-sessions"] as const,
      (got, word) => `'${word}' expects 'shutdown-backup-sessions' but got '${got}'`,
      (server) => {
        server.shutdownBackupSessionsOnUp = true;
      },
    ),
  ],
  [
    "backup",
    flag((server) => {
      server.backup = true;
    }),
  ],
  [
    "no-backup",
    flag((server) => {
      server.backup = false;
    }),
  ],
  [
    "disabled",
    flag((server) => {
      server.disabled = true;
    }),
  ],
  [
    "enabled",
    flag((server) => {
      server.disabled = false;
    }),
  ],
  ["slowstart", slowstart],
  [
    "non-stick",
    flag((server) => {
      server.nonStick = true;
    }),
  ],
  [
    "stick",
    flag((server) => {
      server.nonStick = false;
    }),
  ],
  [
    "track",
    text("[<proxy>/]<server>", (server, value) => {
      server.track = value;
    }),
  ],
  [
    "resolvers",
    text("<resolvers>", (server, value) => {
      server.resolvers = value;
    }),
  ],
  ["init-addr", initAddr],
  [
    "ssl",
    flag((server) => {
      server.ssl = true;
    }),
  ],
  [
    "no-ssl",
    flag((server) => {
      server.ssl = false;
    }),
  ],
  [
    "verify",
    oneOf(
      ["none", "required"] as const,
      (got) =>
        got === ""
          ? "'verify' : missing verify method"
          : `'verify' : unknown verify method '${got}', only 'none' and 'required' are supported`,
      (server, value) => {
        server.verify = value;
      },
    ),
  ],
  [
    "ca-file",
    text("<file>", (server) => {
      server.hasCaFile = true;
    }),
  ],
  [
    "send-proxy",
    flag((server) => {
      server.sendProxy = true;
    }),
  ],
  [
    "send-proxy-v2",
    flag((server) => {
      server.sendProxy = true;
    }),
  ],
  [
    "no-send-proxy",
    flag((server) => {
      server.sendProxy = false;
    }),
  ],
  [
    "usesrc",
    () => {
      throw new Fault("'usesrc' only allowed after a 'source' statement.");
    },
  ],
]);
