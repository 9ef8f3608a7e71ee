import { deflateSync, inflateSync } from "node:zlib";
import type { Page } from "playwright-core";

/** Colours of a reference: enough for every flat colour of the page and the greys of its letters. */
const COLOURS = 128;
/** Values of a channel that two pixels may lie apart and still be alike. */
const ALIKE = 72;
/** Height of the strips that are judged one by one: what moves in one of them is not thinned out by the rest of the page. */
const STRIP = 100;

/** How two pictures differ. */
export interface Difference {
  /** Width and height of both, "1280×7000"; pictures of different sizes are compared no further. */
  readonly sizes: readonly [reference: string, taken: string];
  /** Of the strip that differs most: its upper edge and the share of its pixels that differ. */
  readonly worst: { readonly top: number; readonly share: number };
}

/**
 * Compares two PNG pictures in a page of the browser, which can decode them. A pixel differs when neither it nor one beside it
 * is alike in the other picture: letters may be smoothed otherwise, a line of text may not be elsewhere.
 */
export async function comparePictures(page: Page, reference: Buffer, taken: Buffer): Promise<Difference> {
  const pictures = [reference, taken].map((png) => png.toString("base64"));
  return page.evaluate(
    async ([pictures, alike, strip]) => {
      const read = async (png: string) => {
        const bytes = Uint8Array.from(atob(png), (character) => character.charCodeAt(0));
        const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
        const context = new OffscreenCanvas(image.width, image.height).getContext("2d");
        context?.drawImage(image, 0, 0);
        const { data = new Uint8ClampedArray() } = context?.getImageData(0, 0, image.width, image.height) ?? {};
        return { width: image.width, height: image.height, data };
      };
      const [a, b] = [await read(pictures[0] ?? ""), await read(pictures[1] ?? "")];
      const size = ({ width, height }: typeof a) => `${width}×${height}`;
      const worst = { top: 0, share: 0 };
      const sizes: readonly [string, string] = [size(a), size(b)];
      if (sizes[0] !== sizes[1]) return { sizes, worst: { top: 0, share: 1 } };
      const { width, height } = a;
      const near = (p: number, q: number, one: typeof a.data, other: typeof a.data): boolean =>
        [0, 1, 2].every((channel) => Math.abs((one[p + channel] as number) - (other[q + channel] as number)) <= alike);
      const found = (x: number, y: number, one: typeof a.data, other: typeof a.data): boolean => {
        for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++)
          for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++)
            if (near(4 * (y * width + x), 4 * (v * width + u), one, other)) return true;
        return false;
      };
      for (let top = 0; top < height; top += strip) {
        let differing = 0;
        const bottom = Math.min(height, top + strip);
        for (let y = top; y < bottom; y++)
          for (let x = 0; x < width; x++) {
            const at = 4 * (y * width + x);
            if (near(at, at, a.data, b.data)) continue;
            if (!found(x, y, a.data, b.data) || !found(x, y, b.data, a.data)) differing++;
          }
        const share = differing / (width * strip);
        if (share > worst.share) Object.assign(worst, { top, share });
      }
      return { sizes, worst };
    },
    [pictures, ALIKE, STRIP] as const,
  );
}

/** A picture as a small PNG: its most frequent colours, every other pixel in the nearest of them. Same picture, same bytes. */
export async function smallPicture(page: Page, png: Buffer): Promise<Buffer> {
  const { width, height, palette, rows } = await page.evaluate(
    async ([png, most]) => {
      const bytes = Uint8Array.from(atob(png), (character) => character.charCodeAt(0));
      const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
      const { width, height } = image;
      const context = new OffscreenCanvas(width, height).getContext("2d");
      context?.drawImage(image, 0, 0);
      const { data = new Uint8ClampedArray() } = context?.getImageData(0, 0, width, height) ?? {};
      const colours = new Uint32Array(width * height);
      const counts = new Map<number, number>();
      for (let i = 0; i < colours.length; i++) {
        const colour =
          ((data[4 * i] as number) << 16) | ((data[4 * i + 1] as number) << 8) | (data[4 * i + 2] as number);
        colours[i] = colour;
        counts.set(colour, (counts.get(colour) ?? 0) + 1);
      }
      // One of those that are almost the same stands for all of them.
      const alike = new Set<number>();
      const palette = [...counts]
        .sort(([a, m], [b, n]) => n - m || a - b)
        .map(([colour]) => colour)
        .filter((colour) => alike.size < alike.add(colour & 0xf0f0f0).size)
        .slice(0, most);
      const distance = (a: number, b: number): number =>
        [16, 8, 0].reduce((sum, shift) => sum + (((a >> shift) & 255) - ((b >> shift) & 255)) ** 2, 0);
      const nearest = new Map<number, number>();
      for (const colour of counts.keys()) {
        let best = 0;
        for (const [i, other] of palette.entries())
          if (distance(colour, other) < distance(colour, palette[best] as number)) best = i;
        nearest.set(colour, best);
      }
      // Each row of a PNG begins with the number of its filter: 0 = none.
      const rows = new Uint8Array((width + 1) * height);
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++)
          rows[y * (width + 1) + 1 + x] = nearest.get(colours[y * width + x] as number) as number;
      const packed = new Blob([rows]).stream().pipeThrough(new CompressionStream("deflate"));
      const text = new Uint8Array(await new Response(packed).arrayBuffer()).reduce(
        (sum, byte) => sum + String.fromCharCode(byte),
        "",
      );
      return { width, height, palette, rows: btoa(text) };
    },
    [png.toString("base64"), COLOURS] as const,
  );
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  // Eight bits for each pixel, numbers of a palette.
  head.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", head),
    chunk("PLTE", Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]))),
    chunk("IDAT", deflateSync(inflateSync(Buffer.from(rows, "base64")), { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}

/** CRC-32 of PNG (ISO 3309), bit by bit. */
function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ ((crc & 1) === 0 ? 0 : 0xedb88320);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
