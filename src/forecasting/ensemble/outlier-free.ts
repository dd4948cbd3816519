// Weighs the cells of an ensemble without the months that the likeliest of them cannot explain.
import { type Innovation, innovationsOf } from './innovations.ts'
import { type Explanation, outlierIn, residualsOf } from './outliers.ts'
import type { Prior } from './prior.ts'
import type { KnownMonths } from './project.ts'
import { weighCells, type WeighedCells } from './weigh.ts'

interface OutlierFree {
  readonly cells: WeighedCells
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
 * @param months how many months are known
 * @param read the known months without those of `left`, and the prior for them
 */
export function weighWithoutOutliers(
  months: number,
  read: (left: readonly number[]) => { readonly known: KnownMonths; readonly prior: Prior },
): OutlierFree {
  const most = Math.floor(months / FEWEST_PER_OUTLIER)
  const left: number[] = []
  for (;;) {
    const { known, prior } = read(left)
    const { steps, all: extras } = prior.extras(known)
    const cells = weighCells(known, prior, extras)
    const best = explanationOf(cells)
    const next = left.length < most ? outlierIn(residualsOf(known, best)) : undefined
    if (next === undefined) return { cells, best, steps, left, innovations: innovationsOf(known, best, prior) }
    left.push(known.at[next])
  }
}

/** What the likeliest member says about the known months. */
function explanationOf({ known, prior: { cells }, extras, likely: [best] }: WeighedCells): Explanation {
  const { process, slope, season, extra } = best
  return {
    ...{ process: cells.processes[process], slope: cells.slopes[slope], season: cells.seasons[season] },
    extra: extra < 0 ? undefined : Float64Array.from(known.at, extras[extra].at),
  }
}
