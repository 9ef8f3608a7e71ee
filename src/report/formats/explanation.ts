import type { Decision } from "../../contract/decision.ts";
import type { ExplainedRequest, Explanation, MemberNames } from "../../experiment/explain.ts";
import { type Paint, PLAIN } from "./paint.ts";

/** Why a request went where it went, as text for a terminal (ux "explain"). */
export function explanationInWords(explanation: Explanation, paint: Paint = PLAIN): string {
  const { members, request, others } = explanation;
  const lines = [
    paint.bold(
      `request ${request.request} · t=${seconds(request.startUs)} · client ${request.identity.client} request ${request.identity.ordinal} try ${request.identity.tryNumber} · ${request.variant}`,
    ),
    ...request.decisions.flatMap((decision) => decisionLines(decision, members, request, paint)),
    field("result", resultText(request, members, paint)),
  ];
  if (others.length > 0)
    lines.push("", "the same request in the other variants", ...otherLines(others, members, request, paint));
  return `${lines.join("\n")}\n`;
}

function decisionLines(decision: Decision, members: MemberNames, request: ExplainedRequest, paint: Paint): string[] {
  const lines = [
    `attempt ${decision.ordinal + 1} · ${seconds(decision.nowUs)} · ${decision.group} (${decision.method}${decision.tier === null ? "" : `, ${decision.tier}`})`,
  ];
  if (decision.sticky !== null) lines.push(field("sticky", decision.sticky));
  lines.push(...candidateTable(decision, members, paint));
  const attempt = request.attempts[decision.ordinal];
  const winner = decision.winner < 0 ? "no member" : nameOf(decision.winner, members);
  lines.push(field("elected", `${winner}: ${decision.rule}${attempt === undefined ? "" : ` -> ${attempt.result}`}`));
  return lines;
}

function candidateTable(decision: Decision, members: MemberNames, paint: Paint): string[] {
  const names = decision.candidates.map(({ member }) => nameOf(member, members));
  const width = Math.max(9, ...names.map(({ length }) => length));
  const scores = decision.candidates.find(({ scores: of }) => of.length > 0)?.scores.map(({ name }) => name) ?? [];
  const widths = scores.map((name) => Math.max(17, name.length + "  before".length + 1));
  const header = scores.map((name, i) => `${name} before`.padStart(widths[i] ?? 17) + "after".padStart(9)).join("");
  const rows = decision.candidates.map((candidate, i) => {
    const cells = candidate.scores
      .map(({ before, after }, at) => `${before}`.padStart(widths[at] ?? 17) + `${after}`.padStart(9))
      .join("");
    const mark =
      candidate.member === decision.winner
        ? paint.good("  <- elected")
        : candidate.excluded === null
          ? ""
          : paint.dim(`  ${candidate.excluded}`);
    return `    ${(names[i] ?? "").padEnd(width)}${cells}${mark}`;
  });
  return [paint.dim(`    ${"candidate".padEnd(width)}${header}`), ...rows];
}

function resultText(request: ExplainedRequest, members: MemberNames, paint: Paint): string {
  const last = request.attempts[request.attempts.length - 1];
  const where = last === undefined ? "answered by the proxy itself" : nameOf(last.member, members);
  const took =
    request.endUs === null
      ? "not ended"
      : `${request.status === 0 ? "no status" : request.status} in ${Math.round((request.endUs - request.startUs) / 100) / 10} ms (${request.outcome})`;
  const lost = request.loss === null ? "" : ` · ${paint.bad(`SESSION LOST (${request.loss})`)}`;
  return `${where} · ${took} · ${request.session}${lost}`;
}

function otherLines(
  others: Explanation["others"],
  members: MemberNames,
  own: ExplainedRequest,
  paint: Paint,
): string[] {
  const width = Math.max(...others.map(({ variant }) => variant.length));
  const ownPath = pathOf(own, members);
  return others.map(({ variant, members: theirs, request, isUnknown }) => {
    const name = variant.padEnd(width);
    if (request === null) return `    ${name}  ${isUnknown === true ? "not kept in this report" : "not made"}`;
    const path = pathOf(request, theirs);
    const differs = path === ownPath ? "" : paint.warning("  <- differs");
    return `    ${name}  ${path} · ${resultText(request, theirs, paint)}${differs}`;
  });
}

function pathOf(request: ExplainedRequest, members: MemberNames): string {
  return request.attempts.map(({ member }) => nameOf(member, members)).join(" > ") || "no member";
}

function nameOf(member: number, members: MemberNames): string {
  const known = members[member];
  return known === undefined ? `member ${member}` : (known.alias ?? known.name);
}

function field(name: string, text: string): string {
  return `  ${name.padEnd(9)} ${text}`;
}

function seconds(us: number): string {
  const thousandths = String(Math.abs(Math.round(us / 1000)) % 1000).padStart(3, "0");
  return `${us < 0 ? "-" : ""}${Math.floor(Math.abs(Math.round(us / 1000)) / 1000)}.${thousandths} s`;
}
