// Limits: the share of each month in which the AI works, so that the limited quantity or amount ends exactly at its limit.
import type { ResolvedCharge } from '../../src/contract/charges/index.ts'
import { billOf, dates, quantityOf, type Usage } from './charges.ts'
import { boundOf, quantityIn } from './money.ts'
import { spansOf } from './periods.ts'

type Meters = Usage['meters']

interface Limit {
  readonly spans: ReturnType<typeof spansOf>
  /** The sum from the first to the last of some months, and its bound. */
  readonly used: (meters: Meters, first: number, last: number) => number
  readonly most: (span: ReturnType<typeof spansOf>[number]) => number
  stopped: number
}

/** `metersOf` counts with a factor for each month. Months after the last given factor count in full. */
export function factorsOf(usage: Omit<Usage, 'meters' | 'path'>, metersOf: (factors: readonly number[]) => Meters): number[] {
  const { offer, months } = usage
  const limits = offer.charges.flatMap((charge, k) => limitOf(charge, k, usage))
  const factors: number[] = []
  for (let m = 0; m < months; m++) {
    const own = limits.map((limit) => {
      const span = limit.spans.find(({ first, last }) => first <= m && m <= last)
      if (!span) return 1
      if (limit.stopped >= span.first) return 0
      const fits = (factor: number) => limit.used(metersOf([...factors, factor]), span.first, m) <= limit.most(span)
      return fits(1) ? 1 : largest(fits)
    })
    const factor = Math.min(1, ...own)
    limits.forEach((limit, k) => {
      if (factor < 1 && own[k] === factor) limit.stopped = m
    })
    factors.push(factor)
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

function limitOf(charge: ResolvedCharge, k: number, usage: Omit<Usage, 'meters' | 'path'>): Limit[] {
  if (charge.model === 'fee' || charge.model === 'seats' || !charge.limit) return []
  const { limit } = charge
  const { offer } = usage
  const pathOf = (other: ResolvedCharge, place: number) =>
    `offers.${offer.name}.charges${other.id === undefined ? `[${place}]` : `.${other.id}`}`
  const [from, end] = dates(charge, usage)
  const spans = spansOf(limit.per ?? charge.period ?? 'month', end, from)
  const over = (months: readonly number[], first: number, last: number) => months.slice(first, last + 1).reduce((a, b) => a + b, 0)
  if ('quantity' in limit) {
    const used = (meters: Meters, first: number, last: number) => over(quantityOf(charge, meters), first, last)
    return [{ spans, used, most: (span) => quantityIn(limit.quantity, span, usage), stopped: -1 }]
  }
  const { money } = limit
  const used = (meters: Meters, first: number, last: number) => {
    const amounts = offer.charges.map((other, place) => {
      if (other.model === 'fee' || other.model === 'seats') return 0
      const { discount: _d, minimum: _min, maximum: _max, ...listed } = other
      const { lines } = billOf(listed as ResolvedCharge, { ...usage, meters, path: pathOf(other, place) })
      return lines.filter(({ layer }) => layer === 'usage').reduce((total, { months }) => total + over(months, first, last), 0)
    })
    return amounts.reduce((a, b) => a + b, 0)
  }
  return [{ spans, used, most: (span) => boundOf(money, `${pathOf(charge, k)}.limit`, span, usage), stopped: -1 }]
}
