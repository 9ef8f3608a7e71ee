import { type Call, type HandlerTable, passOver, refuse } from "./call.ts";

const LEVEL = /^(?:emerg|alert|crit|error|warn|notice|info|debug|trace[1-8])$/i;

/** LogLevel [module:]level …: only what httpd refuses. */
function logLevel(call: Call): void {
  for (const word of call.words) {
    const colon = word.text.indexOf(":");
    const module = colon < 0 ? null : word.text.slice(0, colon);
    const short = module?.replace(/_module$|\.c$/, "").replace(/^mod_/, "");
    if (short !== undefined && !call.reader.modules.has(short)) refuse(call, `Cannot find module ${module}`, word);
    if (!LEVEL.test(word.text.slice(colon + 1))) {
      const levels = "emerg/alert/crit/error/warn/notice/info/debug/trace1/.../trace8";
      const named = module === null ? "" : `${word.text}: `;
      refuse(call, `${named}Log level keyword must be one of ${levels}`, word);
    }
  }
  passOver(call, "ignored");
}

export const LOG_LEVEL: HandlerTable = [["loglevel", logLevel]];
