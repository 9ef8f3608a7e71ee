import { note } from "../../shared/diagnostic.ts";
import type { Diagnostic, Subject } from "./diagnostic.ts";

const smallBacklog = note(
  "small-maxconn-small-backlog",
  "a small frontend maxconn makes the kernel's queue as small",
  (subject: Subject) =>
    subject.config.frontends
      .filter(({ maxconn, backlog }) => maxconn !== null && maxconn < 128 && backlog === null)
      .filter(({ binds }) => binds.some((bind) => bind.backlog === null))
      .map(({ name, maxconn, position }) => ({
        message: `frontend ${name}: maxconn ${maxconn} without backlog also limits the kernel's queue to ${maxconn}; further clients lose their SYN`,
        hint: "set backlog",
        position,
      })),
);

const serverLimits = note(
  "no-server-maxconn",
  "without server maxconn one hanging server can take every place of the frontend",
  (subject: Subject) =>
    subject.config.backends
      .filter(({ servers }) => servers.length > 1 && servers.every((each) => each.maxconn === 0))
      .filter((_, i) =>
        subject.config.frontends.some(
          ({ maxconn, defaultBackend, useBackend }) =>
            (maxconn ?? subject.config.global.maxconn) !== null &&
            (defaultBackend === i || useBackend.some(({ target }) => target === i)),
        ),
      )
      .map(({ name, position }) => ({
        message: `backend ${name} limits no server: when one hangs, its requests fill the frontend's maxconn and everybody waits`,
        hint: "set maxconn on the server lines, their sum below the frontend's",
        position,
      })),
);

const keptAlive = note(
  "no-keep-alive-timeout",
  "idle kept-alive clients hold a place of maxconn for timeout client",
  (subject: Subject) =>
    subject.config.frontends
      .filter(({ maxconn, mode }) => mode === "http" && maxconn !== null)
      .filter(
        ({ timeouts, connectionMode }) =>
          connectionMode !== "close" && timeouts.httpKeepAliveUs === null && timeouts.httpRequestUs === null,
      )
      .map(({ name, position }) => ({
        message: `frontend ${name} has maxconn but neither timeout http-keep-alive nor http-request: idle clients keep their place for the whole timeout client`,
        hint: "timeout http-keep-alive 2s",
        position,
      })),
);

export const LIMITS: readonly Diagnostic[] = [smallBacklog, serverLimits, keptAlive];
