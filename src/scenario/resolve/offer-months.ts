// Checks the months of an offer and its charges: their first and last ones, and the contract's own term.
import { isCounting, type ResolvedCharge } from '../../contract/charges/index.ts'
import { metersOf } from '../../contract/checks.ts'
import { beginOf, type OfferDates } from '../../contract/modifiers/dates.ts'
import { type ContractTerm, termOf } from '../../contract/modifiers/term.ts'
import type { RawPart } from '../../contract/schema.ts'
import { type Problem, pathText, shown } from '../../errors.ts'
import { formatMonth } from '../../months.ts'

/** The months of a part, which are also months of its offer. */
export function monthsWithin(part: OfferDates, whole: OfferDates): Pick<OfferDates, 'from' | 'until'> {
  const of = (values: readonly (number | undefined)[], choose: (...all: number[]) => number) => {
    const stated = values.filter((value) => value !== undefined)
    return stated.length === 0 ? undefined : choose(...stated)
  }
  // A part that begins with its term needs no `from` of its own, unless the offer begins later.
  const from = whole.from === undefined ? part.from : of([beginOf(part), whole.from], Math.max)
  return { from, until: of([part.until, whole.until], Math.min) }
}

type Say = (key: string, message: string) => void

/** @param start of the plan */
export function checkMonths(name: string, offer: RawPart, start: number, problems: Problem[]): void {
  const sayAt =
    (path: readonly PropertyKey[]): Say =>
    (key, message) =>
      void problems.push({ path: `${pathText(path)}.${key}`, message })
  const say = sayAt(['offers', name])
  const { from, until, term, charges } = offer
  checkRenewals(offer, start, say)
  if (from !== undefined && until !== undefined && until < from)
    say('until', `expected ${formatMonth(from)} or a later month, got ${formatMonth(until)}`)
  if (term) checkTerm({ from }, term, say)
  const counted = new Set(charges.flatMap((charge) => metersOf(charge)))
  if (term) checkToDate(term, [...counted], say)
  charges.forEach((charge: ResolvedCharge, k) => {
    if (charge.term === undefined) return
    const own = sayAt(['offers', name, 'charges', k])
    checkTerm(charge, termOf({ term }, charge) ?? charge.term, own)
    checkToDate(charge.term, isCounting(charge) ? metersOf(charge) : [], own)
  })
}

function checkRenewals({ renewal, renewals }: RawPart, start: number, say: Say): void {
  if (!renewals) return
  if (renewal) say('renewal', 'remove `renewal` or `renewals`: add the one to the list of the others')
  renewals.forEach(({ month }, k) => {
    const before = renewals[k - 1]?.month
    const got = `got ${formatMonth(month)}`
    if (month < start)
      say(`renewals[${k}].month`, `expected ${formatMonth(start)}, the first month of the plan, or a later month, ${got}`)
    else if (before !== undefined && month <= before)
      say(`renewals[${k}].month`, `expected a month after ${formatMonth(before)}, that of the renewal before, ${got}`)
  })
}

function checkTerm({ from }: { readonly from?: number | undefined }, { start }: ContractTerm, say: Say): void {
  if (start === undefined) say('term.start', 'expected the first month of the contract, such as 2026-10, got nothing')
  else if (from !== undefined && from < start)
    say('from', `expected ${formatMonth(start)}, the start of the contract's term, or a later month, got ${formatMonth(from)}`)
}

function checkToDate({ toDate }: ContractTerm, meters: readonly string[], say: Say): void {
  for (const key of Object.keys(toDate ?? {})) {
    if (key === 'spend' || meters.includes(key)) continue
    const known = ['spend', ...meters].join(', ')
    say(`term.toDate.${key}`, `expected spend or a meter that is counted here (${known}), got ${shown(key)}`)
  }
}
