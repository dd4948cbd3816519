// Describes the result of a fit in sentences.
import type { Estimate } from '../../summary/summary.ts'
import type { Fit } from './fit.ts'
import { strayWords } from './shares.ts'

/** A smaller difference of BIC is "not worth more than a bare mention": Kass and Raftery (1995), JASA 90. */
const CLOSE = 2
/** If fewer samples of the distribution are as far from it, the values hardly come from it. */
const RARE = 0.05

type Found = Pick<Fit, 'distributions' | 'goodness' | 'column' | 'name'>

export function fitWords({ distributions: [best, ...rest], goodness, column, name }: Found): string {
  const near = rest.filter(({ bic }) => bic - best.bic < CLOSE).map(({ distribution }) => distribution)
  const accepted = rest.find(({ stray }) => !stray)
  const rows = column === undefined ? 'the values themselves as `empirical`' : `the rows themselves: empirical(${name}, ${column})`
  return [
    `The ${best.distribution} distribution describes the values best.`,
    ...(near.length > 0 ? [`The values hardly favor it over ${near.join(', ')}, whose BIC is within ${CLOSE} of its own.`] : []),
    ...(best.stray
      ? [
          `It has ${strayWords(best.stray)}, which a plan refuses for a share.${accepted ? ` For a share, take ${accepted.distribution}.` : ''}`,
        ]
      : []),
    ...(goodness && best.andersonDarling !== null ? [goodnessWords(goodness, best.andersonDarling, rows)] : []),
  ].join(' ')
}

function goodnessWords(goodness: Estimate, distance: number, rows: string): string {
  const share = `${percent(goodness.value)} of samples of this distribution would be at least as far from it as the values are (p)`
  if (goodness.value >= RARE) return `${share}, so the values agree with it.`
  return `Even so, it is far from the values (A² = ${distance.toFixed(1)}): at most ${share}. Look at the Q-Q plot, or draw ${rows}.`
}

const percent = (share: number): string => `${Number((100 * share).toPrecision(2))}%`
