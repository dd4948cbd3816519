import type { CostSource } from '../statistic.ts'
import { statistic } from '../statistic.ts'

/** Tails below this shape settle nearly as fast as others. */
const SLOW = 0.2

/** A tail so heavy that a few trials decide the mean, the standard deviation and the expected shortfall. */
export interface TailWarning {
  /** The shape k of the generalized Pareto distribution of the most extreme trials. */
  readonly shape: number
  readonly warning: string
}

export const heavyTail = statistic({
  key: 'heavyTail',
  order: 80,
  cost: {
    needs: 'order',
    read: ({ order }: CostSource): TailWarning | undefined => {
      const shape = Math.max(0, ...order.heavy.map((one) => one.shape))
      if (!(shape >= SLOW)) return undefined
      const short = Number(shape.toFixed(2))
      const warning = `a few very large trials decide the mean, the standard deviation and the expected shortfall (tail shape ${short}). Their errors are wider for it. Prefer percentiles, and check the upper tails of the inputs`
      return { shape, warning }
    },
  },
  documentation: {
    where: '`heavyTail.shape`, `heavyTail.warning`',
    meaning:
      'present if the tail is heavy: the shape of its generalized Pareto distribution, 0.2 or more, and a warning. Moments of order 1/shape and above hardly settle',
    error: '–',
  },
})
