// period: over what tiers, packages and bare numbers accumulate.
import { choice } from '../fields.ts'
import type { Period } from '../operation.ts'

export const period = choice(['month', 'quarter', 'year'], {
  label: 'Period',
  help: 'over what tiers, packages and bare numbers accumulate',
  otherwise: 'month',
})

/** The period of a quantity or amount: its own, or else the charge's. */
export const perOf = (bound: { readonly per?: Period | undefined }, charge: { readonly period?: Period | undefined }): Period =>
  bound.per ?? charge.period ?? 'month'
