// Finds the price at which an offer is as good as its rival: the price to ask the vendor for.
import { UsageError } from '../../errors.ts'
import { paced } from '../../pace.ts'
import type { Reader } from '../../scenario/resolve/resolve.ts'
import { meanGap } from './break-even.ts'
import { type Roots, search } from './search.ts'
import { difference, type Figure } from '../../numerics/estimators/figure.ts'
import { cheapestOf, leastOfShares } from '../../numerics/estimators/figures.ts'
import { checkOptions } from '../../options/check.ts'
import { type FairPriceOptions, pricing } from '../../options/questions.ts'
import { type CostOf, Study } from '../study.ts'

export interface FairPrice extends Roots {
  /** The price nearest to the plan's own, in the units in which the plan writes it. */
  readonly value: number
  readonly se: number
}

/** P(a is the cheapest of all offers) − P(b is the cheapest). */
const chanceGap =
  (a: string, b: string) =>
  (cost: CostOf, { base, design }: Study): Figure => {
    const columns = base.offers.map(cost)
    const chance = (offer: string) => cheapestOf(columns, base.offers.indexOf(offer), design)
    return { ...difference(chance(a), chance(b)), least: leastOfShares(design) }
  }

/** Finds the price, or any other number of an offer, at which the offer is as good as another one. */
export async function fairPriceOf(
  input: string | object,
  path: string,
  options: FairPriceOptions,
  reader: Reader,
): Promise<FairPrice> {
  checkOptions(options, pricing)
  const { against, statistic = 'mean', bounds } = options
  return paced(options, async (pace) => {
    const study = await Study.of(input, reader, options, pace)
    const field = study.field(path)
    if (field.offer === undefined)
      throw new UsageError(`${field.path}: expected a price of an offer, such as offers.${study.base.offers[0]}.price`)
    const [own, other] = [field.offer, study.offer(against)]
    if (own === other) throw new UsageError(`against: expected an offer to compare ${own} with, got ${own} itself`)
    const mean = statistic === 'mean'
    const found = await search({
      study,
      field,
      offers: [own, other],
      bounds,
      figure: mean ? meanGap(own, other) : chanceGap(own, other),
      needs: mean ? [own, other] : study.base.offers,
      wish: mean ? `${own} and ${other} cost the same on average` : `${own} and ${other} are equally often the cheapest`,
      tolerance: mean ? 1e-14 : 1e-7,
      money: mean,
      ahead: mean ? -1 : 1,
    })
    const [{ value, se }] = found.roots
    return { value, se, ...found }
  })
}
