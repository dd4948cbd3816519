// The options of `fit`, which describes values by a distribution.
import { oneOf, textKind } from './kinds.ts'
import { type OptionsOf, option, programOnly } from './option.ts'
import { decimal } from './shared.ts'

/** What values may be. Shares have log-odds, which some distributions describe. */
export const VALUE_KINDS = ['number', 'share'] as const

export const fitting = {
  column: option(textKind('<name>', 'the name of a column'), 'the column to read', 'the only column of numbers'),
  as: option(oneOf(VALUE_KINDS), 'what the values are: number or share', 'share for percentages and if all lie between 0 and 1'),
  decimal,
  name: programOnly(textKind('<name>', 'a name'), 'name of the values in notes and errors', "'values'"),
} as const
export type FitOptions = OptionsOf<typeof fitting>
