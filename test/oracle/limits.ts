// Limits: the share of each month in which the AI works, so that the limited quantity or amount ends exactly at its limit.
import { type StatedCharge, statedCharges } from './stated-charge.ts'
import { billOf, dates, quantityOf, type Usage } from './charges.ts'
import { boundOf, quantityIn } from './money.ts'
import { spansOf } from './periods.ts'
import { goneOf, termOf, useBefore, YEAR } from './terms.ts'

type Counts = Pick<Usage, 'meters' | 'agents'>
type Setting = Omit<Usage, 'meters' | 'agents' | 'path'>
/** By month and segment. */
export type Factors = readonly (readonly number[])[]

interface Limit {
  readonly spans: ReturnType<typeof spansOf>
  readonly segments: readonly number[]
  /** The sum from the first to the last of some months, and its bound. */
  readonly used: (counts: (charge: StatedCharge) => Counts, first: number, last: number) => number
  /** What was used before the plan in the period that runs when it starts. */
  readonly before: () => number
  readonly most: (span: ReturnType<typeof spansOf>[number]) => number
  stopped: number
}

/** `countsOf` counts with the factors of each month and segment. Months after the last given ones count in full. */
export function factorsOf(
  usage: Setting,
  segments: number,
  countsOf: (factors: Factors, charge: StatedCharge) => Counts,
  placesOf: (charge: StatedCharge) => readonly number[],
  served: readonly number[],
): Factors {
  const { offer, months } = usage
  const limits = statedCharges(offer).flatMap((charge, k) =>
    limitOf(charge, k, { ...usage, open: (other) => countsOf([], other) }, placesOf(charge), served),
  )
  const factors: number[][] = []
  const all = Array<number>(segments).fill(1)
  for (let m = 0; m < months; m++) {
    const own = limits.map((limit) => {
      const span = limit.spans.find(({ first, last }) => first <= m && m <= last)
      if (!span) return 1
      if (limit.stopped >= span.first) return 0
      const tried = (factor: number) => [...factors, all.map((full, s) => (limit.segments.includes(s) ? factor : full))]
      const before = span.first === 0 ? limit.before() : 0
      const fits = (factor: number) =>
        before + limit.used((charge) => countsOf(tried(factor), charge), span.first, m) <= limit.most(span)
      return fits(1) ? 1 : largest(fits)
    })
    const month = all.map((_, s) => Math.min(1, ...limits.flatMap((limit, k) => (limit.segments.includes(s) ? [own[k]] : []))))
    limits.forEach((limit, k) => {
      if (limit.segments.some((s) => month[s] < 1 && own[k] === month[s])) limit.stopped = m
    })
    factors.push(month)
  }
  return factors
}

/** The largest factor that fits, by bisection to the last bit. */
function largest(fits: (factor: number) => boolean): number {
  let [low, high] = [0, 1]
  for (;;) {
    const middle = (low + high) / 2
    if (middle <= low || middle >= high || high < 1e-18) return low
    if (fits(middle)) low = middle
    else high = middle
  }
}

function limitOf(
  charge: StatedCharge,
  k: number,
  usage: Setting & { readonly open: (charge: StatedCharge) => Counts },
  segments: readonly number[],
  served: readonly number[],
): Limit[] {
  if (charge.model === 'fee' || charge.model === 'seats' || !charge.limit) return []
  const { limit } = charge
  const { offer } = usage
  const pathOf = (other: StatedCharge, place: number) =>
    `offers.${offer.name}.charges${other.id === undefined ? `[${place}]` : `.${other.id}`}`
  const [from, end] = dates(charge, usage)
  const per = limit.per ?? charge.period ?? 'month'
  const term = termOf(charge, usage)
  const anchor = term ? term.start - usage.scenario.start : 0
  // A period that ends after the plan is whole.
  const far = term ? dates(charge, { ...usage, scenario: { ...usage.scenario, months: usage.months + YEAR } })[1] : end
  const gone = goneOf(per, charge, usage)
  const spans = spansOf(per, far, from - gone, anchor).map((span) => ({ ...span, first: Math.max(0, span.first) }))
  const over = (months: readonly number[], first: number, last: number) => months.slice(first, last + 1).reduce((a, b) => a + b, 0)
  if ('quantity' in limit) {
    const used: Limit['used'] = (counts, first, last) => over(quantityOf(charge, counts(charge).meters), first, last)
    const before = () => {
      const { use } = useBefore(charge, usage)
      const weights = charge.meter === undefined ? Object.entries(charge.credits ?? {}) : [[charge.meter, 1] as const]
      return gone * weights.reduce((sum, [name, weight]) => sum + weight * use(name), 0)
    }
    return [{ spans, segments, used, before, most: (span) => quantityIn(limit.quantity, span, usage), stopped: -1 }]
  }
  const { money } = limit
  /** What the usage charges bill without discounts and bounds. */
  const spent = (counts: (charge: StatedCharge) => Counts, [first, last]: readonly [number, number], past: boolean) => {
    const amounts = statedCharges(offer).map((other, place) => {
      if (other.model === 'fee' || other.model === 'seats') return 0
      const { discount: _d, minimum: _min, maximum: _max, ...listed } = other
      const bill = billOf(listed as StatedCharge, { ...usage, ...counts(other), path: pathOf(other, place) })
      const lines = past ? (bill.past ?? []) : bill.lines
      return lines.filter(({ layer }) => layer === 'usage').reduce((total, { months }) => total + over(months, first, last), 0)
    })
    return amounts.reduce((a, b) => a + b, 0)
  }
  const used: Limit['used'] = (counts, first, last) => spent(counts, [first, last], false)
  const before = () => (gone === 0 ? 0 : spent(usage.open, [YEAR - gone, YEAR - 1], true))
  return [
    {
      spans,
      segments: served,
      used,
      before,
      most: (span) => boundOf(money, `${pathOf(charge, k)}.limit`, span, usage),
      stopped: -1,
    },
  ]
}
