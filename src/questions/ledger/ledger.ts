// The ledger of a plan: what each offer costs by month, charge, layer and segment, with the account and the cost center that it is booked on.
// Cash falls due in the month that the vendor bills it. Accrual expenses it over the months that it is for.
import { chargeName, contractsIn } from '../../contract/offer.ts'
import { formatMonth, quarterOf } from '../../months.ts'
import { smallestUnits } from '../../notation/currency.ts'
import { roundMoney } from '../../notation/money.ts'
import { hasSegments } from '../../compile/program.ts'
import type { ResolvedLedger, ResolvedScenario } from '../../scenario/resolved.ts'
import type { Estimate, Summary } from '../../summary/summary.ts'
import type { Trials } from '../trials.ts'
import { curveOf } from '../budget/curve.ts'
import { type CellAmounts, cellAmounts, isBeyondBill } from './amounts.ts'
import { roundedLeaves } from './rounding.ts'
import { monthsOfExpense, spread } from './spread.ts'

export const LEDGER_AMOUNTS = ['cashMean', 'cashBudget', 'accrualMean', 'accrualBudget'] as const
type AmountKey = (typeof LEDGER_AMOUNTS)[number]

export interface LedgerRow {
  /** Such as "2027-03"; empty for what is expensed after the horizon. */
  readonly month: string
  /** Such as "2027-Q1", or "FY2028-Q1" in a fiscal year that does not start in January. */
  readonly quarter: string
  readonly offer: string
  /** The charge's name in its offer, a term such as `minimum`, `people` or `running`. */
  readonly charge: string
  /** That of the charge, `deferred`, `people` or `running`. */
  readonly layer: string
  readonly segment: string
  readonly account: string
  readonly costCenter: string
  /** Rounded, so that they add up. */
  readonly amounts: Readonly<Record<AmountKey, number>>
  /** Before rounding. The error of an accrual is at most the sum of the errors of its parts. */
  readonly exact: Readonly<Record<AmountKey, Estimate>>
}

/** The layers that are no part of the bill. */

/** The confidence of the budget columns, if neither the ledger nor the budget of the plan states one. */
const CONFIDENCE = 0.8

export const ledgerConfidence = ({ ledger, budget }: ResolvedScenario): number =>
  ledger?.confidence ?? budget?.confidence ?? CONFIDENCE

/** The ledger of some offers, by default of all. */
export function ledgerOf(trials: Trials, summary: Summary, offers: readonly string[] = trials.names): LedgerRow[] {
  return offers.flatMap((offer) => offerLedger(trials, summary, offer))
}

/** A row while its parts are added up. */
interface Draft {
  readonly place: number | 'later'
  readonly charge: string
  readonly layer: string
  readonly segment: string
  readonly account: string
  readonly costCenter: string
  readonly exact: Record<AmountKey, { value: number; se: number }>
}

function offerLedger(trials: Trials, summary: Summary, offer: string): LedgerRow[] {
  const confidence = ledgerConfidence(trials.scenario)
  const { bill, beyond } = cellAmounts(trials, summary, offer, confidence)
  const totals = {
    mean: summary.offers[offer].bill.mean.value,
    budget: curveOf(trials, summary, offer, 'bill').at(confidence).value,
  }
  const drafts = draftsOf(trials, offer, [...bill, ...beyond])
  const months = { first: trials.scenario.start, fiscal: trials.scenario.fiscalYearStart }
  const [billed, others] = [drafts.filter((row) => !isBeyondBill(row)), drafts.filter(isBeyondBill)]
  return [
    ...rounded(billed, summary.currency, totals, ({ place, segment, charge, layer }) => [String(place), segment, charge, layer]),
    ...rounded(others, summary.currency, undefined, ({ place, layer, segment }) => [layer, String(place), segment]),
  ].map(
    ({ place, ...row }): LedgerRow => ({
      month: place === 'later' ? '' : formatMonth(months.first + place),
      quarter: place === 'later' ? '' : quarterOf(months.first + place, months.fiscal),
      offer,
      ...row,
    }),
  )
}

/** Adds up the cells of each row, in the order of months, segments and charges. What is expensed later comes last. */
function draftsOf(trials: Trials, offer: string, cells: readonly CellAmounts[]): Draft[] {
  const { program } = trials.outcome
  const { ledger } = trials.scenario
  const coding = codingOf(trials.scenario, offer)
  const drafts = new Map<string, Draft>()
  const add = (place: number | 'later', { cell }: CellAmounts, layer: string, amounts: Partial<Record<AmountKey, Estimate>>) => {
    const segment = hasSegments(program) ? program.segments[cell.segment].name : ''
    for (const { costCenter, share } of coding.centers(segment)) {
      const key = JSON.stringify([place, cell.charge, layer, segment, costCenter])
      const zero = () => ({ value: 0, se: 0 })
      const draft = drafts.get(key) ?? {
        ...{ place, charge: cell.charge, layer, segment, costCenter, account: coding.account(cell.charge, layer) },
        exact: { cashMean: zero(), cashBudget: zero(), accrualMean: zero(), accrualBudget: zero() },
      }
      drafts.set(key, draft)
      for (const name of LEDGER_AMOUNTS) {
        draft.exact[name].value += share * (amounts[name]?.value ?? 0)
        draft.exact[name].se += share * (amounts[name]?.se ?? 0)
      }
    }
  }
  const spreading = { amortize: ledger?.amortize ?? {}, prepaid: ledger?.prepaid ?? false }
  for (const amounts of cells) {
    const { cell, mean, budget } = amounts
    add(cell.month, amounts, cell.layer, { cashMean: mean, cashBudget: budget })
    for (const { month, share } of spread(cell.month, monthsOfExpense(cell, spreading), program.months)) {
      const part = ({ value, se }: Estimate): Estimate => ({ value: share * value, se: share * se })
      add(month, amounts, month === 'later' ? 'deferred' : cell.layer, { accrualMean: part(mean), accrualBudget: part(budget) })
    }
  }
  const isZero = ({ exact }: Draft) => LEDGER_AMOUNTS.every((name) => exact[name].value === 0)
  const first = [...drafts.values()].filter((draft) => !isZero(draft))
  const charges = [...new Set(first.map(({ charge }) => charge))]
  const at = ({ place }: Draft) => (place === 'later' ? program.months : place)
  return first
    .map((draft, k) => ({ draft, k }))
    .sort(
      (a, b) =>
        at(a.draft) - at(b.draft) ||
        (a.draft.segment < b.draft.segment ? -1 : a.draft.segment > b.draft.segment ? 1 : 0) ||
        charges.indexOf(a.draft.charge) - charges.indexOf(b.draft.charge) ||
        a.k - b.k,
    )
    .map(({ draft }) => draft)
}

interface Coding {
  readonly account: (charge: string, layer: string) => string
  readonly centers: (segment: string) => ResolvedLedger['shares']
}

function codingOf({ ledger, offers }: ResolvedScenario, offer: string): Coding {
  const contracts = offers.filter(({ name }) => name === offer).flatMap(contractsIn)
  const own = new Map(
    contracts.flatMap(({ name, charges }) =>
      charges.flatMap((charge, k) =>
        charge.account === undefined ? [] : [[chargeName(name, charge, k), charge.account] as const],
      ),
    ),
  )
  const { accounts = {}, bySegment = {}, shares = [] } = ledger ?? {}
  const stated = (of: Readonly<Record<string, string>>, key: string) => (Object.hasOwn(of, key) ? of[key] : '')
  return {
    account: (charge, layer) => (layer === 'deferred' ? undefined : own.get(charge)) ?? stated(accounts, layer),
    centers: (segment) => (shares.length > 0 ? shares : [{ costCenter: stated(bySegment, segment), share: 1 }]),
  }
}

/**
 * Rounds each column so that its sum is the rounded total, and every group adds up.
 * @param totals the sums as the summary states them; those of the drafts if absent
 */
function rounded(
  drafts: readonly Draft[],
  currency: string,
  totals: { readonly mean: number; readonly budget: number } | undefined,
  groups: (draft: Draft) => readonly string[],
): (Draft & Pick<LedgerRow, 'amounts'>)[] {
  const scale = smallestUnits(currency)
  const columns = LEDGER_AMOUNTS.map((name) => {
    const leaves = drafts.map((draft) => ({ groups: groups(draft), value: draft.exact[name].value }))
    const stated = totals && (name.endsWith('Mean') ? totals.mean : totals.budget)
    const total = stated ?? leaves.reduce((sum, { value }) => sum + value, 0)
    return [name, roundedLeaves(leaves, { rounded: roundMoney(total, currency), scale })] as const
  })
  return drafts.map((draft, k) => {
    const amounts = Object.fromEntries(columns.map(([name, values]) => [name, values[k]]))
    return { ...draft, amounts: amounts as Record<AmountKey, number> }
  })
}
