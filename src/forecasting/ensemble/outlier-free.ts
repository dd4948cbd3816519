// Leaves out single months that the likeliest cell of a fit cannot explain, and weighs the cells of an ensemble without them.
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

/** A fit of the known months, and what the likeliest of its cells says about them. */
interface Explained {
  readonly known: KnownMonths
  readonly best: Explanation
}

/**
 * Fits again without the month that the fit cannot explain, until it explains all that are left.
 * @param months how many months are known
 * @param fit of the known months without those of `left`
 */
export function withoutOutliers<Fit extends Explained>(
  months: number,
  fit: (left: readonly number[]) => Fit,
): { readonly fit: Fit; readonly left: readonly number[] } {
  const most = Math.floor(months / FEWEST_PER_OUTLIER)
  const left: number[] = []
  for (;;) {
    const found = fit(left)
    const next = left.length < most ? outlierIn(residualsOf(found.known, found.best)) : undefined
    if (next === undefined) return { fit: found, left }
    left.push(found.known.at[next])
  }
}

/**
 * @param months how many months are known
 * @param read the known months without those of `left`, and the prior for them
 */
export function weighWithoutOutliers(
  months: number,
  read: (left: readonly number[]) => { readonly known: KnownMonths; readonly prior: Prior },
): OutlierFree {
  const { fit, left } = withoutOutliers(months, (out) => {
    const { known, prior } = read(out)
    const { steps, all: extras } = prior.extras(known)
    const cells = weighCells(known, prior, extras)
    return { known, cells, best: explanationOf(cells), steps }
  })
  const { known, cells, best, steps } = fit
  return { cells, best, steps, left, innovations: innovationsOf(known, best, cells.prior) }
}

/** What the likeliest member says about the known months. */
function explanationOf({ known, prior: { cells }, extras, likely: [best] }: WeighedCells): Explanation {
  const { process, slope, season, extra } = best
  return {
    ...{ process: cells.processes[process], slope: cells.slopes[slope], season: cells.seasons[season] },
    extra: extra < 0 ? undefined : Float64Array.from(known.at, extras[extra].at),
  }
}
