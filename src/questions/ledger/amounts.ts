// The mean and the budget of every cell of an offer's costs. A budget is the mean and a share of the contingency in proportion to the
// covariance with the whole, as for a budget by month (Tasche, "Capital allocation to business units and sub-portfolios: the Euler
// principle", 2007). Means meet those of the summary: the recorded trials say how a cell moves with its month, and the month's mean, which
// comes from all trials, corrects the cell by that (a control variate; Glasserman, "Monte Carlo Methods in Financial Engineering", 4.1).
import { combined, estimateOf, type Figure } from '../../numerics/estimators/figure.ts'
import { columnMean } from '../../numerics/estimators/figures.ts'
import { percentileOf } from '../../numerics/estimators/percentile.ts'
import type { SampledColumn } from '../../numerics/estimators/sorted.ts'
import type { CostCell } from '../../simulation/cells.ts'
import type { Node } from '../../simulation/graph.ts'
import type { Estimate, OfferSummary, Summary } from '../../summary/summary.ts'
import { curveOf } from '../budget/curve.ts'
import { shareFigures } from '../budget/phased.ts'
import { costMonths } from '../cost-months.ts'
import type { Trials } from '../trials.ts'

export interface CellAmounts {
  readonly cell: CostCell
  readonly mean: Estimate
  readonly budget: Estimate
}

/** Numbers that are in memory together, and numbers that are computed in all. With very many cells, fewer trials are recorded. */
const MOST_VALUES = 2 ** 23
const MOST_COMPUTED = 2 ** 30
const RECORDED = 2 ** 16

/** A sum of cells with a known mean, which their means are corrected by. */
interface Known {
  readonly node: Node
  readonly mean: Estimate
}

/** Cells that share one budget. */
interface Budgeted {
  readonly cells: readonly CostCell[]
  readonly whole: Node
  readonly budget: Estimate
  readonly known: (cell: CostCell) => Known
}

/** @param confidence of the budget */
export function cellAmounts(
  trials: Trials,
  summary: Summary,
  offer: string,
  confidence: number,
): { readonly bill: readonly CellAmounts[]; readonly beyond: readonly CellAmounts[] } {
  const { model } = trials
  const place = trials.offer(offer)
  const billing = model.offers[place]
  const cells = billing.cells()
  const own = summary.offers[offer]
  const months = monthMeans(trials, place, own)
  const bill = amountsIn(trials, {
    cells: cells.filter((cell) => !isBeyondBill(cell)),
    whole: billing.bill,
    budget: curveOf(trials, summary, offer, 'bill').at(confidence),
    known: ({ month }) => months[month],
  })
  const others = cells.filter(isBeyondBill)
  if (others.length === 0) return { bill, beyond: [] }
  const whole = model.graph.add(billing.people, billing.running)
  const [column] = trials.sampled([whole])
  const beyond = amountsIn(trials, {
    cells: others,
    whole,
    budget: percentileOf(column.select([confidence]), confidence),
    known: ({ layer }) => {
      const [node, mean] = layer === 'people' ? [billing.people, own.beyondBill.people] : [billing.running, own.beyondBill.running]
      return { node, mean: mean ?? { value: 0, se: 0 } }
    },
  })
  return { bill, beyond }
}

/** The months' means of the summary. What the mean of the horizon knows better than their sum is theirs by their covariance with it. */
function monthMeans(trials: Trials, place: number, { bill }: OfferSummary): Known[] {
  const nodes = costMonths(trials.model, place, 'bill')
  const [total, ...months] = trials.sampled([trials.model.offers[place].bill, ...nodes])
  const whole = columnMean(total)
  const shares = sharesIn(months, months.map(columnMean), total, whole, trials.starts)
  const gap = bill.mean.value - bill.monthly.reduce((sum, { mean }) => sum + mean.value, 0)
  return nodes.map((node, m) => {
    const { value, se } = bill.monthly[m].mean
    return { node, mean: { value: value + shares[m].value * gap, se } }
  })
}

const sharesIn = (
  parts: readonly SampledColumn[],
  means: readonly Figure[],
  total: SampledColumn,
  whole: Figure,
  starts: readonly number[],
): Figure[] =>
  shareFigures(
    parts.map(({ values }) => values),
    total.values,
    starts,
    means,
    { whole, all: whole.value },
  )

/** Whether a row is a cost of the buyer that no vendor bills. */
export const isBeyondBill = ({ layer }: { readonly layer: string }): boolean => layer === 'people' || layer === 'running'

function amountsIn(trials: Trials, budgeted: Budgeted): CellAmounts[] {
  const cells = [...budgeted.cells].sort((a, b) => a.month - b.month)
  const most = Math.max(1, Math.min(RECORDED, Math.floor(MOST_COMPUTED / Math.max(1, cells.length))))
  const size = Math.max(16, Math.floor(MOST_VALUES / most))
  const chunks = Array.from({ length: Math.ceil(cells.length / size) }, (_, k) => cells.slice(k * size, (k + 1) * size))
  return chunks.flatMap((chunk) => chunkAmounts(trials, budgeted, chunk, most))
}

function chunkAmounts(trials: Trials, { whole, budget, known }: Budgeted, cells: readonly CostCell[], most: number): CellAmounts[] {
  const knowns = [...new Map(cells.map((cell) => [known(cell).node, known(cell)])).values()]
  const nodes = [whole, ...knowns.map(({ node }) => node), ...cells.map(({ amount }) => amount)]
  const [total, ...columns] = trials.sampledOnce(nodes, most)
  const { starts } = total.design
  const totalMean = columnMean(total)
  const parts = columns.slice(knowns.length)
  const means = parts.map(columnMean)
  const shares = sharesIn(parts, means, total, totalMean, starts)
  const corrected = new Map(
    knowns.flatMap(({ node, mean }, k) => {
      const by = columns[k]
      const own = [...cells.keys()].filter((c) => known(cells[c]).node === node)
      const byMean = columnMean(by)
      const slopes = sharesIn(
        own.map((c) => parts[c]),
        own.map((c) => means[c]),
        by,
        byMean,
        starts,
      )
      return own.map((c, j) => [c, correctedMean(means[c], byMean, slopes[j].value, mean)] as const)
    }),
  )
  const meanOf = (c: number) => corrected.get(c) ?? estimateOf(means[c])
  return cells.map((cell, c) => ({ cell, mean: meanOf(c), budget: budgetShare(means[c], shares[c], totalMean, budget) }))
}

/** The error of a sum of two independent figures. */
const together = (a: number, b: number): number => Math.sqrt(a * a + b * b)

/** mean + slope · (known − its mean on the same trials). */
function correctedMean(mean: Figure, by: Figure, slope: number, known: Estimate): Estimate {
  const { se } = estimateOf(combined([[1, mean] as const, [-slope, by] as const]))
  return { value: mean.value + slope * (known.value - by.value), se: together(se, slope * known.se) }
}

/** mean + share · (budget − whole). */
function budgetShare(mean: Figure, share: Figure, whole: Figure, budget: Estimate): Estimate {
  const gap = budget.value - whole.value
  const { se } = estimateOf(combined([[1, mean] as const, [gap, share] as const, [-share.value, whole] as const]))
  return { value: mean.value + share.value * gap, se: together(se, share.value * budget.se) }
}
