// Options of the questions that are put to a scenario.
import { bounds, oneOf, nested, share, type Stated, textKind, value, wholeNumber } from './kinds.ts'
import { type OptionsOf, option, programOnly, required } from './option.ts'
import { measure, method, onProgress, seed, signal } from './shared.ts'

const offer = textKind('<name>', 'the name of an offer')

/** Variants of a scenario on the same futures. */
export const comparing = {
  trials: option(wholeNumber(1, 2 ** 24, '100k'), 'futures of every variant (65,536 unless stated)', { default: '65,536' }),
  seed,
  method,
  measure,
  onProgress,
  signal,
} as const
export type DecisionOptions = OptionsOf<typeof comparing>

export const breakingEven = {
  ...comparing,
  statistic: option(oneOf(['mean', 'odds']), 'mean: on average; odds: each the cheaper in half of the futures', {
    default: '`mean`',
  }),
  bounds: option(bounds, 'between which numbers to look, such as 50%:90%', { default: 'all that the field may hold' }),
} as const
export type BreakEvenOptions = OptionsOf<typeof breakingEven>

export const pricing = {
  ...comparing,
  against: required(textKind('<offer>', 'the offer to be as good as, such as fin'), 'the rival'),
  statistic: option(oneOf(['mean', 'cheapest']), 'mean: the same mean cost; cheapest: equally often the cheapest', {
    default: '`mean`',
  }),
  bounds: option(bounds, 'between which prices to look, such as $0.50:$2', { default: 'all that the field may hold' }),
} as const
export type FairPriceOptions = OptionsOf<typeof pricing>

/** What must hold: "P80 at most $500k", "P(cheapest) at least 60%". */
export type Require = string | { readonly statistic: string; readonly atMost?: number; readonly atLeast?: number }

export const optimizing = {
  ...comparing,
  offer: required(offer, 'whose cost is to be least (by default that of the field)'),
  vary: required(
    value<Readonly<Record<string, readonly [Stated, Stated]>>>('bounds by field', 'one or two fields with their bounds'),
    'one or two fields, each with the lowest and the highest number to try',
  ),
  minimize: option(
    textKind('<name>', 'mean, a percentile such as p90, or expectedShortfall95'),
    'mean, a percentile such as p90, or expectedShortfall95',
    {
      default: '`mean`',
    },
  ),
  require: option(
    value<Require | readonly Require[]>('text, object or list', 'a condition such as "P80 at most $500k"'),
    'what must hold, such as "P80 at most $500k" or "P(cheapest) at least 60%"',
  ),
} as const
export type OptimizeOptions = OptionsOf<typeof optimizing>

/** What a scenario's model says when it is looked at once. */
export const explaining = {
  trials: option(wholeNumber(64, 2 ** 20, '65k'), 'futures of each look (65,536 unless stated)', { default: '65,536' }),
  seed,
  method,
  measure,
} as const

export const sensing = {
  ...explaining,
  offer: required(offer, 'the offer to explain (by default the one with the lowest mean)'),
  against: option(offer, 'explain the difference from this offer'),
} as const
export type SensitivityOptions = OptionsOf<typeof sensing>

export const informing = {
  ...explaining,
  inputs: programOnly(
    value<readonly (string | readonly string[])[]>('list of names', 'a list of inputs, or of groups of them'),
    'inputs drawn once a trial, or groups of them',
    { default: 'all, one by one' },
  ),
} as const
export type InformationOptions = OptionsOf<typeof informing>

const costFields = {
  fixed: option(value<number>('money', 'an amount'), 'what a pilot costs at all'),
  each: option(value<number>('money', 'an amount'), 'what each of its conversations costs'),
} as const

export const piloting = {
  ...explaining,
  input: required(
    textKind('<input>', 'a share that is drawn once a trial such as resolution.rate'),
    'the share that a pilot counts',
  ),
  sizes: programOnly(value<readonly number[]>('list of whole numbers', 'a list of sizes'), 'conversations of the pilot', {
    default: 'a range of sizes',
  }),
  cost: programOnly(nested(costFields), 'what a pilot costs at all, and each of its conversations'),
} as const
export type PilotOptions = OptionsOf<typeof piloting>

export const stressing = {
  ...explaining,
  offer: required(offer, 'the offer to explain'),
  worst: programOnly(share('5%'), 'the worst share of futures', { default: '0.05' }),
} as const
export type StressOptions = OptionsOf<typeof stressing>

const actuals = textKind('<file>', 'the name of a CSV file of closed months')

export const reforecasting = {
  trials: option(wholeNumber(1_024, 2 ** 20, '262k'), 'futures of the plan (262,144 unless stated)', { default: '262,144' }),
  seed,
  method,
  measure,
  actuals: option(actuals, 'month,conversations and where known resolutions,invoice, beside the scenario', {
    default: "the scenario's",
  }),
} as const
export type ReforecastOptions = OptionsOf<typeof reforecasting>

export const tracking = {
  ...reforecasting,
  trials: option(wholeNumber(1_024, 2 ** 20, '65k'), 'futures of the plan (65,536 unless stated)', { default: '65,536' }),
  actuals: required(actuals, 'month,conversations and where known resolutions,invoice'),
  offer: option(offer, 'whose invoices stand in the file'),
} as const
export type TrackOptions = OptionsOf<typeof tracking>

/** Of a finished run's map of winners. */
export const mapping = {
  statistic: option(oneOf(['mean', 'p80']), 'by which the winner of a cell is found', { default: '`mean`' }),
  classes: option(wholeNumber(1, 100, '4'), 'classes of each input'),
} as const
export type WinnersOptions = OptionsOf<typeof mapping>
