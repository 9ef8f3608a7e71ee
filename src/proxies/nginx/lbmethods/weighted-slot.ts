import type { PeerList } from "../peer-list.ts";

/** The peer whose slots, one for each unit of configured weight in the order of the file, hold slot number `slot`. */
export function weightedSlot({ weight, totalWeight }: PeerList, slot: number): number {
  let left = slot % totalWeight;
  let p = 0;
  while (left >= (weight[p] as number)) left -= weight[p++] as number;
  return p;
}
