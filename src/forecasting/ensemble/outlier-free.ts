// Fits an ensemble without the months that the others do not explain.
import { type Ensemble, type Extra, fitEnsemble, type Member } from './ensemble.ts'
import { type Innovation, innovationsOf } from './innovations.ts'
import { type Explanation, outlierIn, residualsOf } from './outliers.ts'
import type { Prior } from './prior.ts'
import type { KnownMonths } from './project.ts'

interface OutlierFree {
  readonly ensemble: Ensemble
  readonly known: KnownMonths
  /** What the likeliest member says about the known months. */
  readonly best: Explanation
  /** The place of each extra regressor that is a step. */
  readonly steps: readonly number[]
  /** Places of the months that the ensemble leaves out, the farthest first. */
  readonly left: readonly number[]
  readonly innovations: readonly Innovation[]
}

/** A fit leaves out at most one month in 10. */
const FEWEST_PER_OUTLIER = 10

/**
 * @param ahead places of the months ahead
 * @param months how many months are known
 * @param read the known months without those of `left`, and the prior for them
 */
export function fitWithoutOutliers(
  ahead: Int32Array,
  months: number,
  read: (left: readonly number[]) => { readonly known: KnownMonths; readonly prior: Prior },
): OutlierFree {
  const most = Math.floor(months / FEWEST_PER_OUTLIER)
  const left: number[] = []
  for (;;) {
    const { known, prior } = read(left)
    const { steps, all: extras } = prior.extras(known, ahead)
    const ensemble = fitEnsemble(known, ahead, prior, extras)
    const best = explanationOf(prior, likeliestOf(ensemble), extras)
    const next = left.length < most ? outlierIn(residualsOf(known, best)) : undefined
    if (next === undefined) return { ensemble, known, best, steps, left, innovations: innovationsOf(known, best, prior) }
    left.push(known.at[next])
  }
}

const likeliestOf = ({ members }: Ensemble): Member =>
  members.reduce((best, member) => (member.weight > best.weight ? member : best))

/** What a member says about the known months. */
const explanationOf = ({ cells }: Prior, { process, slope, season, extra }: Member, extras: readonly Extra[]): Explanation => ({
  ...{ process: cells.processes[process], slope: cells.slopes[slope], season: cells.seasons[season] },
  extra: extras[extra]?.values,
})
