// The prices to ask for: at which an offer needs the smallest budget of the others, and at which the verdict is clear for it.
import { runScenario } from '../../api/run.ts'
import { titlesOf } from '../../api/titles.ts'
import { formatPrice } from '../../notation/money.ts'
import { verdictOf } from '../../questions/compare/verdict.ts'
import { inlineExecutor } from '../../run/executor.ts'
import type { Reader } from '../../scenario/resolve/resolve.ts'
import type { Summary } from '../../summary/summary.ts'
import { changedPlan, type Form, formOf, type QuotedPrice, quotedPricesOf } from './plan.ts'
import type { AskedPrice } from './protocol.ts'

const TRIALS = { trials: 2_048, preintegration: false, monthly: false } as const
/** Steps of the secant, which is exact where the budget is linear in the price. */
const SECANTS = 4
/** A price this many times the quoted one says nothing. */
const MOST = 10

type Run = (price: number) => Promise<Summary & { readonly clear: boolean }>

export async function askedPricesOf(plan: string, reader: Reader, signal: AbortSignal): Promise<readonly AskedPrice[]> {
  const form = formOf(plan)
  if (form.offers.length < 2) return []
  const found: AskedPrice[] = []
  for (const quoted of quotedPricesOf(plan)) {
    const run: Run = async (price) => {
      const text = changedPlan(plan, [[quoted.path, price]])
      const { summary, scenario } = await runScenario(text, { signal, ...TRIALS }, { executor: () => inlineExecutor, reader })
      const verdict = verdictOf(summary, { titles: titlesOf(scenario) })
      return { ...summary, clear: verdict?.grade === 'clear' && verdict.offer === quoted.offer }
    }
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
    const { offers, comparison } = await run(at)
    const budget = (name: string) =>
      (offers[name][comparison.measure].percentiles.p80 ?? offers[name][comparison.measure].mean).value
    return budget(offer) - Math.min(...Object.keys(offers).flatMap((name) => (name === offer ? [] : [budget(name)])))
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
async function clearPrice({ price }: QuotedPrice, run: Run): Promise<number | undefined> {
  const quoted = await run(price)
  if (quoted.clear) return price
  let [clear, open] = [1, Math.ceil(100 * price)]
  if (open <= 1 || !(await run(0.01)).clear) return undefined
  while (open - clear > 1) {
    const cents = Math.floor((clear + open) / 2)
    if ((await run(cents / 100)).clear) clear = cents
    else open = cents
  }
  return clear / 100
}
