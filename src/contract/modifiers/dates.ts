// from, until, period: the months in which a charge or an offer applies, and the periods over which it counts.
import { choice, month } from '../fields.ts'
import type { Period } from '../operation.ts'
import type { Applies } from '../spans.ts'
import { type StartedTerm, type ContractTerm, TERM_MONTHS, termOf } from './term.ts'

export const from = month({ label: 'From', help: 'first month in which the charge applies', words: (value) => `from ${value} on` })
export const until = month({
  label: 'Until',
  help: 'last month in which the charge applies',
  words: (value) => `until ${value}`,
})

export const offerFrom = month({
  label: 'From',
  help: 'first month of the offer; before it the AI takes part in nothing and no charge applies',
  words: (value) => `from ${value} on`,
})
export const offerUntil = month({
  label: 'Until',
  help: 'last month of the offer; after it the AI takes part in nothing and no charge applies',
  words: (value) => `until ${value}`,
})

export interface OfferDates {
  readonly from?: number | undefined
  readonly until?: number | undefined
  readonly term?: ContractTerm | undefined
}

export interface Horizon {
  readonly start: number
  readonly months: number
}

/** The months of an offer, counted from the horizon's first month; empty if the offer falls outside. */
export const liveOf = (offer: OfferDates, horizon: Horizon): Applies => within([offer], termOf(offer), horizon)

/** The months of a charge, which are also months of its offer. */
export const appliesOf = (charge: OfferDates, offer: OfferDates, horizon: Horizon): Applies =>
  within([offer, charge], termOf(offer, charge), horizon)

/** The first month of an offer, if it states one. */
export const beginOf = ({ from, term }: OfferDates): number | undefined => from ?? term?.start

function within(all: readonly OfferDates[], term: StartedTerm | undefined, { start, months }: Horizon): Applies {
  const froms = all.flatMap((dated) => beginOf(dated) ?? []).map((from) => from - start)
  const untils = all.flatMap(({ until }) => until ?? []).map((until) => until + 1 - start)
  const [first, end] = [Math.max(0, ...froms), Math.min(months, ...untils)]
  if (end <= first) return { start: 0, end: 0 }
  if (!term) return { start: first, end }
  const anchor = term.start - start
  return {
    start: first,
    end,
    term: {
      anchor,
      months: term.months ?? TERM_MONTHS,
      first: Math.max(anchor, ...froms),
      last: Math.min(Number.POSITIVE_INFINITY, ...untils),
    },
  }
}

export const period = choice(['month', 'quarter', 'year'], {
  label: 'Period',
  help: 'the period over which quantities add up before tiers, packages and numbers without a period apply',
  otherwise: 'month',
  words: (value) => `counted over each ${value}`,
})

/** The period of a quantity or amount: its own, or else the charge's. */
export const perOf = (bound: { readonly per?: Period | undefined }, charge: { readonly period?: Period | undefined }): Period =>
  bound.per ?? charge.period ?? 'month'
