// The options of the questions that people ask about a scenario.
import {
  aboveZero,
  bounds,
  memorySize,
  nested,
  oneOf,
  share,
  type Stated,
  textKind,
  twoNames,
  value,
  wholeNumber,
  wholeNumbers,
} from './kinds.ts'
import { type OptionsOf, option, programOnly, required } from './option.ts'
import { answering, clearChoice, decimal, measure, method, seed } from './shared.ts'

const offer = textKind('<name>', 'the name of an offer')

/** For questions that bill variants of a scenario on the same trials. */
export const comparing = {
  trials: option(wholeNumber(1, 2 ** 24, '100k'), 'trials for each variant (default 65,536)', '65,536'),
  seed,
  method,
  measure,
  ...answering,
} as const
export type DecisionOptions = OptionsOf<typeof comparing>

/** For a portfolio, which keeps the costs of all its plans. */
export const combining = {
  trials: option(wholeNumber(1, 2 ** 24, '100k'), 'trials (default: as the portfolio says, else 262,144)', 'as the portfolio says'),
  seed,
  method,
  measure,
  memory: option(
    memorySize,
    'refuse to run if the costs of all plans need more memory than this, such as 4GB (default: 1 GiB)',
    '1 GiB',
  ),
  ...answering,
} as const
export type PortfolioOptions = OptionsOf<typeof combining>

export const breakingEven = {
  ...comparing,
  statistic: option(oneOf(['mean', 'odds']), 'mean (equal on average) or odds (each is cheaper in half of the trials)', '`mean`'),
  bounds: option(bounds, 'range to search, such as 50%:90%', 'all values that the field allows'),
} as const
export type BreakEvenOptions = OptionsOf<typeof breakingEven>

export const pricing = {
  ...comparing,
  against: required(textKind('<offer>', 'the rival offer, such as fin'), 'the rival offer'),
  statistic: option(oneOf(['mean', 'cheapest']), 'mean (the same mean cost) or cheapest (equally often the cheapest)', '`mean`'),
  bounds: option(bounds, 'range of prices to search, such as $0.50:$2', 'all values that the field allows'),
} as const
export type FairPriceOptions = OptionsOf<typeof pricing>

/** A condition: "P80 at most $500k" or "P(cheapest) at least 60%". */
export type Require = string | { readonly statistic: string; readonly atMost?: number; readonly atLeast?: number }

export const optimizing = {
  ...comparing,
  offer: required(offer, 'the offer to optimize (default: the offer that the field belongs to)'),
  vary: required(
    value<Readonly<Record<string, readonly [Stated, Stated]>>>('bounds by field', 'one or two fields with their bounds'),
    'one or two fields, each with the lowest and highest value to try',
  ),
  minimize: option(
    textKind('<name>', 'mean, a percentile such as p90, or expectedShortfall95'),
    'mean, a percentile such as p90, or expectedShortfall95',
    '`mean`',
  ),
  require: option(
    value<Require | readonly Require[]>('text, object or list', 'a condition such as "P80 at most $500k"'),
    'condition to meet, such as "P80 at most $500k" or "P(cheapest) at least 60%"',
  ),
} as const
export type OptimizeOptions = OptionsOf<typeof optimizing>

/** For questions that sample the scenario once. */
export const explaining = {
  trials: option(wholeNumber(64, 2 ** 20, '65k'), 'trials for each analysis (default 65,536)', '65,536'),
  seed,
  method,
  measure,
  ...answering,
} as const

export const sensing = {
  ...explaining,
  offer: required(offer, 'the offer to explain (default: the offer with the lowest mean)'),
  against: option(offer, 'explain the difference from this offer'),
  order: option(wholeNumber(1, 2, '2'), '2 adds what every two inputs cause together', '1'),
} as const
export type SensitivityOptions = OptionsOf<typeof sensing>

export const informing = {
  ...explaining,
  inputs: programOnly(
    value<readonly (string | readonly string[])[]>('list of names', 'a list of inputs or of groups of inputs'),
    'inputs that are drawn once per trial, or groups of them',
    'each input by itself',
  ),
} as const
export type InformationOptions = OptionsOf<typeof informing>

const costFields = {
  fixed: option(value<number>('money', 'an amount'), 'fixed cost of a pilot'),
  each: option(value<number>('money', 'an amount'), 'cost of each observation in the pilot'),
} as const

export const piloting = {
  ...explaining,
  input: required(
    textKind('<input>', 'an input that is drawn once per trial, such as resolution.rate'),
    'the input that the pilot measures, such as resolution.rate',
  ),
  sizes: option(
    wholeNumbers('500,2000'),
    'numbers of observations to try: of conversations for a share, of months for the volume',
    'a range of sizes',
  ),
  cv: option(
    aboveZero('8%', ['rate']),
    'noise of one observation as a share of its value (default: that of conversations for the volume)',
    'a share is counted, and the volume has the noise of the plan',
  ),
  sd: option(
    aboveZero('0.05', ['amount', 'money', 'points', 'rate']),
    'standard deviation of one observation, in the unit of the input',
    'a share is counted, and the volume has the noise of the plan',
  ),
  cost: programOnly(nested(costFields), 'cost of a pilot'),
} as const
export type PilotOptions = OptionsOf<typeof piloting>

export const stressing = {
  ...explaining,
  offer: required(offer, 'the offer to explain'),
  worst: programOnly(share('5%'), 'share of trials that counts as worst', '0.05'),
} as const
export type StressOptions = OptionsOf<typeof stressing>

const actuals = textKind('<file>', 'the name of a CSV file of closed months')

export const reforecasting = {
  trials: option(wholeNumber(1_024, 2 ** 20, '262k'), 'trials (default 262,144)', '262,144'),
  seed,
  method,
  measure,
  actuals: option(
    actuals,
    'CSV file next to the scenario: month,conversations and, if known, resolutions,invoice,segment',
    'as the scenario says',
  ),
  decimal,
  ...answering,
} as const
export type ReforecastOptions = OptionsOf<typeof reforecasting>

export const tracking = {
  ...reforecasting,
  trials: option(wholeNumber(1_024, 2 ** 20, '65k'), 'trials (default 65,536)', '65,536'),
  actuals: required(actuals, 'CSV file: month,conversations and, if known, resolutions,invoice,segment'),
  offer: option(offer, 'the offer whose invoices are in the file'),
} as const
export type TrackOptions = OptionsOf<typeof tracking>

/** For the verdict on a finished run. */
export const deciding = { clearAt: clearChoice } as const

/** For the comparison of the offers of a finished run. */
export const comparingOffers = {
  ...deciding,
  against: option(textKind('<input>', 'the name of an input'), 'show how the choice depends on an input, conversations or rate'),
  difference: option(twoNames, 'show how much the first offer costs more than the second'),
} as const
export type CompareOptions = OptionsOf<typeof comparingOffers>

/** For the map of winners of a finished run. */
export const mapping = {
  statistic: option(oneOf(['mean', 'p80']), 'figure that decides the winner of a cell', '`mean`'),
  classes: option(wholeNumber(1, 100, '4'), 'number of classes for each input'),
} as const
export type WinnersOptions = OptionsOf<typeof mapping>
