// from, until, period: the months in which a charge or an offer applies, and the periods over which it counts.
import { choice, month } from '../fields.ts'
import type { Period } from '../operation.ts'
import type { Applies } from '../spans.ts'

export const from = month({ label: 'From', help: 'first month in which the charge applies' })
export const until = month({ label: 'Until', help: 'last month in which the charge applies' })

export const offerFrom = month({
  label: 'From',
  help: 'first month of the offer; before it the AI takes part in nothing and no charge applies',
})
export const offerUntil = month({
  label: 'Until',
  help: 'last month of the offer; after it the AI takes part in nothing and no charge applies',
})

export interface Dated {
  readonly from?: number | undefined
  readonly until?: number | undefined
}

export interface Horizon {
  readonly start: number
  readonly months: number
}

/** The months of an offer, counted from the horizon's first month; empty if the offer falls outside. */
export const liveOf = (offer: Dated, horizon: Horizon): Applies => within([offer], horizon)

/** The months of a charge, which are also months of its offer. */
export const appliesOf = (charge: Dated, offer: Dated, horizon: Horizon): Applies => within([offer, charge], horizon)

function within(all: readonly Dated[], { start, months }: Horizon): Applies {
  const first = Math.max(0, ...all.flatMap(({ from }) => (from === undefined ? [] : [from - start])))
  const end = Math.min(months, ...all.flatMap(({ until }) => (until === undefined ? [] : [until + 1 - start])))
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
