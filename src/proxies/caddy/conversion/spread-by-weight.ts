/**
 * Indexes in which each comes as often as its weight says, mixed smoothly (the greatest credit is next, as nginx does):
 * Caddy 2.6.2 has no weights, but an address may stand in its list several times.
 */
export function spreadByWeight(weights: readonly number[]): readonly number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const credit = weights.map(() => 0);
  const order: number[] = [];
  for (let n = 0; n < total; n++) {
    let best = 0;
    for (const [i, weight] of weights.entries()) {
      credit[i] = (credit[i] ?? 0) + weight;
      if ((credit[i] ?? 0) > (credit[best] ?? 0)) best = i;
    }
    credit[best] = (credit[best] ?? 0) - total;
    order.push(best);
  }
  return order;
}
