// The difference of two offers in one sentence.
import type { Estimate } from '../../summary/summary.ts'
import { shareWords } from './text.ts'

interface Compared {
  readonly offer: string
  readonly minus: string
  /** The probability that the first offer costs more. */
  readonly above: Estimate
}

export const differenceWords = ({ offer, minus, above }: Compared, errors = true): string =>
  `${offer} costs more than ${minus} in ${shareWords(above, errors)} of trials.`
