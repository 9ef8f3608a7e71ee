import { Buffer } from "node:buffer";
import { stringify } from "csv-stringify/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { REQUESTS_HEADER, type RequestRow, RequestRows } from "../../../src/report/formats/request-rows.ts";

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

/** The bytes of one row as text. */
function requestLine(row: RequestRow): string {
  const rows = new RequestRows();
  rows.append(row);
  return Buffer.from(rows.take()).toString("utf8");
}

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

  it("writes every integer that a double can hold exactly", () => {
    // Around the powers of ten, the limit of 32 bits and the billion at which large numbers are split.
    const integers = [0, 9, 10, 99, 100, 999_999_999, 1e9, 1e9 + 1, 2 ** 31 - 1, 2 ** 31, 2 ** 32, 5e9, 2 ** 53 - 1];
    for (const startUs of integers) expect(requestLine({ ...ROW, startUs }).split(",")[8]).toBe(String(startUs));
  });

  it("keeps rows in order over many of them, more texts than it remembers, and a buffer that grows", () => {
    const rows = new RequestRows();
    const expected: string[] = [];
    for (let request = 0; request < 6_000; request++) {
      const row = { ...ROW, request, members: `"${request}"`, outcome: "x".repeat(request % 700) };
      rows.append(row);
      expected.push(requestLine(row));
    }
    expect(rows.sizeBytes).toBe(expected.join("").length);
    expect(Buffer.from(rows.take()).toString("utf8")).toBe(expected.join(""));
  });

  it("starts anew after its bytes were taken", () => {
    const rows = new RequestRows();
    rows.append({ ...ROW, members: "a longer list of members" });
    rows.take();
    rows.append(ROW);
    expect(Buffer.from(rows.take()).toString("utf8")).toBe(requestLine(ROW));
    expect(rows.take()).toHaveLength(0);
  });
});
