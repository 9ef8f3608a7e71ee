import type { Text } from "../../contract/text.ts";

/**
 * What an application read out of a Cookie header or a request target: the session id and the text behind its dot.
 * Kept as the text's `worldMemo`, so a text is read once. `state` and `serial` remember where the id was found last;
 * whoever uses them checks that the state's serial is still the same.
 */
export class SessionKey {
  /** Cookie name, or ";" and the name of the path parameter. */
  readonly name: string;
  /** "" = the text carries no session. A state that is found under it puts its own string here: one text, kept once. */
  id: string;
  /** What follows the first dot of the value, "" = nothing. */
  readonly route: string;
  state = -1;
  serial = -1;

  /** @param usualRoute kept in place of an equal route, so that many keys hold one string. */
  constructor(name: string, value: string, usualRoute = "") {
    const dot = value.indexOf(".");
    const route = dot < 0 ? "" : value.slice(dot + 1);
    this.name = name;
    this.id = dot < 0 ? value : value.slice(0, dot);
    this.route = route === usualRoute ? usualRoute : route;
  }
}

/** The session in a Cookie header: the first cookie of that name, as servers take it. */
export function keyInCookies(cookies: Text, name: string, usualRoute = ""): SessionKey {
  const memo = cookies.worldMemo;
  if (memo instanceof SessionKey && memo.name === name) return memo;
  const key = new SessionKey(name, cookieValue(cookies.text, name), usualRoute);
  cookies.worldMemo = key;
  return key;
}

/** The session in a path parameter (`/path;name=id.route?query`). `marker` = ";" and the name. */
export function keyInTarget(target: Text, marker: string): SessionKey {
  const memo = target.worldMemo;
  if (memo instanceof SessionKey && memo.name === marker) return memo;
  const key = new SessionKey(marker, parameterValue(target.text, marker));
  target.worldMemo = key;
  return key;
}

/** Value of the first cookie with this name in a Cookie header, "" when there is none. */
export function cookieValue(header: string, name: string): string {
  let from = 0;
  while (from < header.length) {
    let to = header.indexOf(";", from);
    if (to < 0) to = header.length;
    const equals = header.indexOf("=", from);
    if (equals >= 0 && equals < to && header.slice(from, equals).trim() === name)
      return header.slice(equals + 1, to).trim();
    from = to + 1;
  }
  return "";
}

function parameterValue(target: string, marker: string): string {
  const query = target.indexOf("?");
  const path = query < 0 ? target : target.slice(0, query);
  const at = path.indexOf(`${marker}=`);
  if (at < 0) return "";
  const value = path.slice(at + marker.length + 1);
  const end = value.search(/[;/]/);
  return end < 0 ? value : value.slice(0, end);
}
