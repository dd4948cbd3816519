// The prices to ask for: at which an offer needs the smallest budget of the others, and at which the verdict is clear for it.
import { runScenario } from '../../api/run.ts'
import { titlesOf } from '../../api/titles.ts'
import { formatPrice } from '../../notation/money.ts'
import { verdictOf } from '../../questions/compare/verdict.ts'
import { inlineExecutor } from '../../run/executor.ts'
import type { Reader } from '../../scenario/resolve/resolve.ts'
import { changedPlan, type Form, formOf, type QuotedPrice, quotedPricesOf } from './plan.ts'
import type { AskedPrice } from './protocol.ts'

const TRIALS = { trials: 2_048, preintegration: false, monthly: false } as const
/** Steps of the secant, which is exact where the budget is linear in the price. */
const SECANTS = 4
/** A price this many times the quoted one says nothing. */
const MOST = 10

/** What a run says about prices. */
interface Outcome {
  /** The P80 of each offer. */
  readonly budgets: Readonly<Record<string, number>>
  /** The offer that the verdict is clear for, if it is clear. */
  readonly clearFor: string | undefined
}

type Run = (price: number) => Promise<Outcome>

async function outcomeOf(plan: string, reader: Reader, signal: AbortSignal): Promise<Outcome> {
  const { summary, scenario } = await runScenario(plan, { signal, ...TRIALS }, { executor: () => inlineExecutor, reader })
  const { offers, comparison } = summary
  const verdict = verdictOf(summary, { titles: titlesOf(scenario) })
  const p80 = (name: string) => {
    const { percentiles, mean } = offers[name][comparison.measure]
    return (percentiles.p80 ?? mean).value
  }
  return {
    budgets: Object.fromEntries(Object.keys(offers).map((name) => [name, p80(name)])),
    clearFor: verdict?.grade === 'clear' ? verdict.offer : undefined,
  }
}

export async function askedPricesOf(plan: string, reader: Reader, signal: AbortSignal): Promise<readonly AskedPrice[]> {
  const form = formOf(plan)
  if (form.offers.length < 2) return []
  const prices = quotedPricesOf(plan)
  if (prices.length === 0) return []
  // All searches begin at the plan as it is.
  const stated = await outcomeOf(plan, reader, signal)
  const found: AskedPrice[] = []
  for (const quoted of prices) {
    const run: Run = async (price) =>
      price === quoted.price ? stated : outcomeOf(changedPlan(plan, [[quoted.path, price]]), reader, signal)
    found.push(await askedPrice(quoted, form, run))
  }
  return found
}

async function askedPrice(quoted: QuotedPrice, { currency }: Form, run: Run): Promise<AskedPrice> {
  const [level, clear] = [await levelPrice(quoted, run), await clearPrice(quoted, run)]
  const text = (price: number) => formatPrice(price, currency)
  return {
    ...{ offer: quoted.offer, unit: quoted.unit, quoted: text(quoted.price) },
    ...(level !== undefined && { level: text(Math.round(100 * level) / 100) }),
    ...(clear !== undefined && { clear: text(clear) }),
  }
}

/** The price at which the offer's P80 is the lowest one of the others. */
async function levelPrice({ offer, price }: QuotedPrice, run: Run): Promise<number | undefined> {
  const gap = async (at: number): Promise<number> => {
    const { [offer]: own, ...others } = (await run(at)).budgets
    return own - Math.min(...Object.values(others))
  }
  let [before, at] = [price, 0.9 * price]
  let [gapBefore, gapAt] = [await gap(before), await gap(at)]
  for (let step = 0; step < SECANTS && gapAt !== gapBefore; step++) {
    const next = at - (gapAt * (at - before)) / (gapAt - gapBefore)
    if (!(next > 0 && next < MOST * price)) return undefined
    ;[before, gapBefore] = [at, gapAt]
    ;[at, gapAt] = [next, await gap(next)]
  }
  return Math.abs(at - before) < 0.01 ? at : undefined
}

/** The highest price in cents, up to the quoted one, at which the verdict is clear. */
async function clearPrice({ offer, price }: QuotedPrice, run: Run): Promise<number | undefined> {
  const isClear = async (at: number) => (await run(at)).clearFor === offer
  if (await isClear(price)) return price
  let [clear, open] = [1, Math.ceil(100 * price)]
  if (open <= 1 || !(await isClear(0.01))) return undefined
  while (open - clear > 1) {
    const cents = Math.floor((clear + open) / 2)
    if (await isClear(cents / 100)) clear = cents
    else open = cents
  }
  return clear / 100
}
