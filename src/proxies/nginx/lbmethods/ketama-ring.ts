import { CRC32_START, crc32Byte, crc32Finish, crc32Text } from "../../shared/crc32.ts";

const POINTS_PER_WEIGHT = 160;

/**
 * The ring of `hash … consistent` (spec/nginx.md 2.5; ngx_http_upstream_init_chash): 160 points for each unit of weight,
 * made of the text of the `server` argument, so that neither order nor address matters.
 */
export class KetamaRing {
  /** Points in ascending order, and the number of the server text that each belongs to. */
  readonly points: Uint32Array;
  readonly owners: Int32Array;

  /** @param servers texts with weights in the order of the file; numbers of texts by first appearance */
  constructor(servers: readonly { readonly text: string; readonly weight: number }[]) {
    const texts = [...new Set(servers.map(({ text }) => text))];
    const all: { readonly point: number; readonly owner: number; readonly order: number }[] = [];
    for (const { text, weight } of servers)
      for (const point of pointsOf(text, weight * POINTS_PER_WEIGHT))
        all.push({ point, owner: texts.indexOf(text), order: all.length });
    all.sort((a, b) => a.point - b.point || a.order - b.order);
    const distinct = all.filter(({ point }, i) => i === 0 || point !== all[i - 1]?.point);
    this.points = Uint32Array.from(distinct, ({ point }) => point);
    this.owners = Int32Array.from(distinct, ({ owner }) => owner);
  }

  /** Index of the first point that is not below the hash; one past the last when there is none. */
  find(hash: number): number {
    let [low, high] = [0, this.points.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.points[middle] as number) < hash) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function pointsOf(text: string, count: number): readonly number[] {
  const [host, port] = hostAndPort(text);
  const base = crc32Text(crc32Byte(crc32Text(CRC32_START, host), 0), port);
  const points: number[] = [];
  let previous = 0;
  for (let i = 0; i < count; i++) {
    let crc = base;
    for (let shift = 0; shift < 32; shift += 8) crc = crc32Byte(crc, (previous >>> shift) & 255);
    previous = crc32Finish(crc);
    points.push(previous);
  }
  return points;
}

function hostAndPort(text: string): readonly [string, string] {
  if (/^unix:/i.test(text)) return [text.slice(5), ""];
  const [, host = text, port = ""] = /^(.*):(\d+)$/.exec(text) ?? [];
  return [host, port];
}
