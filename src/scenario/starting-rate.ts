import { byMonth, isStaged, type Staged } from '../contract/stages.ts'

/**
 * The mean of a rate in the first month, before setbacks: the rate for which the standard deviation of its noise is stated. It is one
 * number for all trials.
 * @param mean of a stated value
 */
function startingRate<V>(
  { rate, ceiling, offset }: { readonly rate: V; readonly ceiling?: V | undefined; readonly offset?: V | undefined },
  mean: (value: V) => number,
): number {
  const start = ceiling === undefined ? mean(rate) : Math.min(mean(rate), mean(ceiling))
  return offset === undefined ? start : Math.min(1, Math.max(0, start + mean(offset)))
}

interface StagedRate<V> {
  readonly rate: Staged<V>
  readonly ceiling?: Staged<V> | undefined
  readonly offset?: Staged<V> | undefined
}

/** The same for the stage of each month. */
export function startingRates<V>(
  { rate, ceiling, offset }: StagedRate<V>,
  { start, months }: { readonly start: number; readonly months: number },
  mean: (value: V) => number,
): number[] {
  const each = (value: Staged<V> | undefined) => (value === undefined ? undefined : byMonth(value, start, months))
  const [ceilings, offsets] = [each(ceiling), each(offset)]
  return byMonth(rate, start, months).map((value, m) =>
    startingRate({ rate: value, ceiling: ceilings?.[m], offset: offsets?.[m] }, mean),
  )
}

export const hasStages = <V>({ rate, ceiling, offset }: StagedRate<V>): boolean =>
  [rate, ceiling, offset].some((value) => value !== undefined && isStaged(value))
