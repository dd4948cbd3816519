// The difference of two offers in one sentence.
import { formatShare } from '../../notation/money.ts'
import type { Estimate } from '../../summary/summary.ts'

interface Compared {
  readonly offer: string
  readonly minus: string
  /** The probability that the first offer costs more. */
  readonly above: Estimate
}

export const differenceWords = ({ offer, minus, above }: Compared): string =>
  `${offer} costs more than ${minus} in ${formatShare(above.value)} of trials (± ${formatShare(above.se, 2)}).`
