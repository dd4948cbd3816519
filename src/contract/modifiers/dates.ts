// from, until, period: the months in which a charge applies, and the periods over which it counts.
import { choice, month } from '../fields.ts'
import type { Period } from '../operation.ts'
import type { Applies } from '../spans.ts'

export const from = month({ label: 'From', help: 'first month in which the charge applies' })
export const until = month({ label: 'Until', help: 'last month in which the charge applies' })

type Dated = { readonly from?: number | undefined; readonly until?: number | undefined }

/** Counted from the horizon's first month; empty where the charge falls outside. */
export function appliesOf(charge: Dated, start: number, months: number): Applies {
  const first = Math.max(0, (charge.from ?? start) - start)
  const end = Math.min(months, (charge.until ?? start + months) + 1 - start)
  return end > first ? { start: first, end } : { start: 0, end: 0 }
}

export const period = choice(['month', 'quarter', 'year'], {
  label: 'Period',
  help: 'the period over which quantities add up before tiers, packages and numbers without a period apply',
  otherwise: 'month',
})

/** The period of a quantity or amount: its own, or else the charge's. */
export const perOf = (bound: { readonly per?: Period | undefined }, charge: { readonly period?: Period | undefined }): Period =>
  bound.per ?? charge.period ?? 'month'
