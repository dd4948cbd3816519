// period: over what tiers, packages and bare numbers accumulate.
import { z } from 'zod'
import type { Period } from '../operation.ts'

export const period = z
  .enum(['month', 'quarter', 'year'])
  .meta({ description: 'over what tiers, packages and bare numbers accumulate (by default a month)' })

/** The period of a quantity or amount: its own, or else the charge's. */
export const perOf = (bound: { readonly per?: Period | undefined }, charge: { readonly period?: Period | undefined }): Period =>
  bound.per ?? charge.period ?? 'month'
