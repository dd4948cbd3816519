// Values that repeat, such as counts of seats or a few prices: each with its share.
import { type Family, Unfit } from './family.ts'

/** More values than this are no list that anyone would read. */
const MOST = 30

export const discreteFit: Family = {
  holds: 'any',
  exact: true,
  free: ({ values }) => (values as readonly number[]).length - 1,
  fit({ cells }) {
    if (!cells || cells.values.length > MOST) return new Unfit(`it needs at most ${MOST} different values, which repeat`)
    return { distribution: 'discrete', values: [...cells.values], weights: [...cells.counts] }
  },
}
