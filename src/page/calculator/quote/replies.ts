// Bills a quote: one month by the library's own invoice, the month's bill at other quantities, and the plan's year from few trials.
import { soundPlan } from '../../../api/check.ts'
import { runScenario } from '../../../api/run.ts'
import { titlesOf } from '../../../api/titles.ts'
import { compile } from '../../../compile/compile.ts'
import { certain } from '../../../invoice/certain.ts'
import type { BilledContract } from '../../../invoice/contracts.ts'
import { invoiceOf } from '../../../invoice/invoice.ts'
import { formatMonth, monthWords, spanWords, trialsWord } from '../../../months.ts'
import { formatAmount, formatPrice, formatQuantity, formatShare } from '../../../notation/money.ts'
import { formatNumber } from '../../../notation/number.ts'
import { amountsOf } from '../../../questions/compare/rounding.ts'
import { verdictOf } from '../../../questions/compare/verdict.ts'
import { inlineExecutor } from '../../../run/executor.ts'
import type { Reader } from '../../../scenario/resolve/resolve.ts'
import type { ResolvedScenario } from '../../../scenario/resolved.ts'
import { nextTurn } from '../../../pace.ts'
import { QUICK } from '../../quick.ts'
import type { QuoteBill, QuoteReply, QuoteWish, QuoteYear } from '../protocol.ts'
import { added, monthCurve, pointAt, usedIn } from './curve.ts'

function usageWords(contracts: readonly BilledContract[], m: number): string {
  const [{ drivers, volumes }] = contracts
  const involved = added(drivers.map((own) => own.involved[m]))
  const resolved = added(drivers.map((own) => own.involved[m] * own.rate[m]))
  const all = added(volumes[m] ?? [])
  const rate = involved > 0 ? `, ${formatShare(resolved / involved)} resolved` : ''
  const part = involved < all * (1 - 1e-9) ? `, ${formatNumber(Math.round(involved))} of them with the AI` : ''
  return `${formatNumber(Math.round(all))} conversations${part}${rate}`
}

/** The name of what the first counting charge counts. */
const meterOf = (
  lines: readonly { readonly part: string; readonly used?: number }[],
  counted: readonly { readonly part: string }[],
): string => (counted[0]?.part ?? lines.find(({ used }) => used !== undefined)?.part ?? 'conversations').replaceAll('-', ' ')

export function quoteBill(scenario: ResolvedScenario, { offer: name, month, turn }: QuoteWish): QuoteBill {
  const { start, months, currency } = scenario
  const at = Math.min(month, months - 1)
  const monthText = formatMonth(start + at)
  const { lines, counted, total } = invoiceOf(scenario, name, { month: monthText })
  const program = compile(certain(scenario), { measure: 'bill', pairs: 'none' })
  const offer = program.offers.find((own) => own.name === name)
  if (!offer) throw new Error(`the plan has no offer ${name}`)
  const { contracts } = pointAt({ program, offer, at }, 1)
  return {
    ...{ at, months, month: monthWords(monthText), usage: usageWords(contracts, at), total: formatAmount(total, currency) },
    rows: lines.map(({ line, quantity, price, amount, why }) => ({
      ...{ line, why, amount: formatAmount(amount, currency) },
      ...(quantity !== undefined &&
        price !== undefined && { quantity: formatQuantity(quantity), price: formatPrice(price, currency) }),
    })),
    meter: meterOf(lines, counted),
    ...monthCurve({ program, offer, at }, currency, turn),
    used: Array.from({ length: months }, (_, m) => ({
      month: monthWords(formatMonth(start + m)),
      quantity: usedIn(contracts, m),
    })),
  }
}

async function yearOf(
  plan: string,
  name: string,
  given: { readonly reader: Reader; readonly signal: AbortSignal },
): Promise<QuoteYear> {
  const { reader, signal } = given
  const { summary, scenario } = await runScenario(plan, { signal, ...QUICK }, { executor: () => inlineExecutor, reader })
  const { offers, months, comparison } = summary
  const verdict = verdictOf(summary, { titles: titlesOf(scenario) })
  const { whole } = amountsOf(summary)
  const { mean, percentiles } = offers[name][comparison.measure]
  const names = Object.keys(offers)
  return {
    ...{ span: spanWords(months), years: trialsWord(months.length), mean: whole.text(mean.value) },
    budget: whole.text((percentiles.p80 ?? mean).value),
    ...(verdict && names.length > 1 && { grade: verdict.grade }),
    best: Math.max(0, names.indexOf(verdict?.offer ?? '')),
    sentences: verdict?.sentences ?? [],
  }
}

/** The month first, then the year. */
export async function* quoteReplies(
  plan: string,
  wish: QuoteWish,
  given: { readonly reader: Reader; readonly signal: AbortSignal },
): AsyncGenerator<QuoteReply> {
  const { scenario } = await soundPlan(plan, given.reader)
  yield { bill: quoteBill(scenario, wish) }
  // A newer request comes in between.
  await nextTurn()
  if (!given.signal.aborted) yield { year: await yearOf(plan, wish.offer, given) }
}
