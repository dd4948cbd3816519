/**
 * The mean of a rate in the first month, before setbacks: the rate for which the standard deviation of its noise is stated. It is one
 * number for all trials.
 * @param mean of a stated value
 */
export function startingRate<V>(
  { rate, ceiling, offset }: { readonly rate: V; readonly ceiling?: V | undefined; readonly offset?: V | undefined },
  mean: (value: V) => number,
): number {
  const start = ceiling === undefined ? mean(rate) : Math.min(mean(rate), mean(ceiling))
  return offset === undefined ? start : Math.min(1, Math.max(0, start + mean(offset)))
}
