import { stringify } from "csv-stringify/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { REQUESTS_HEADER, type RequestRow, requestLine } from "../../../src/report/formats/request-rows.ts";

const ROW: RequestRow = {
  variant: "byrequests",
  replication: 0,
  request: 1_234,
  client: 77,
  session: 78,
  ordinal: 3,
  try: 0,
  class: "page",
  startUs: 12_480_000,
  endUs: 12_511_000,
  attempts: 2,
  members: "node2 node1",
  status: 200,
  outcome: "good",
  sessionVerdict: "lost elsewhere",
};

const text = fc.oneof(
  fc.string(),
  fc.constantFrom('a "quoted" name', "a,b", "line\nbreak", "carriage\rreturn", "", " spaces ", "=1+1", "ü–€"),
);
const count = fc.nat({ max: 2 ** 31 - 1 });

describe("requests.csv", () => {
  it("has the columns in the order of the row", () => {
    expect(REQUESTS_HEADER.trimEnd().split(",")).toHaveLength(Object.keys(ROW).length);
    expect(requestLine(ROW)).toBe(
      "byrequests,0,1234,77,78,3,0,page,12480000,12511000,2,node2 node1,200,good,lost elsewhere\n",
    );
  });

  it("has the bytes that csv-stringify writes, whatever the texts are", () => {
    const row = fc.record<RequestRow>({
      variant: text,
      replication: count,
      request: count,
      client: count,
      session: count,
      ordinal: count,
      try: count,
      class: text,
      startUs: fc.maxSafeNat(),
      endUs: fc.option(fc.maxSafeNat()),
      attempts: count,
      members: text,
      status: fc.option(fc.integer({ min: 100, max: 599 })),
      outcome: text,
      sessionVerdict: text,
    });
    fc.assert(
      fc.property(row, (one) => {
        const columns = Object.keys(ROW) as (keyof RequestRow)[];
        expect(requestLine(one)).toBe(stringify([columns.map((column) => one[column])]));
      }),
    );
  });

  it("forgets nothing and mixes nothing up when more texts come than it remembers", () => {
    const lines = Array.from({ length: 5_000 }, (_, index) => requestLine({ ...ROW, members: `"${index}"` }));
    expect(lines[4_999]).toContain(',"""4999""",');
    expect(requestLine({ ...ROW, members: '"4999"' })).toBe(lines[4_999]);
  });
});
