// The options of a run of one scenario.
import { currentName } from '../old-names.ts'
import { oneOf, memorySize, nested, share, toggle, wholeNumber } from './kinds.ts'
import { type OptionKind, type OptionsOf, option, programOnly, required } from './option.ts'
import { measure, method, onProgress, seed, signal, threads } from './shared.ts'

export const PRECISE_FIGURES = ['mean', 'p50', 'p80', 'p90', 'p95', 'expectedShortfall', 'cheapest', 'cheaper'] as const
export type PreciseFigure = (typeof PRECISE_FIGURES)[number]
const preciseFigure = oneOf(PRECISE_FIGURES)

const precisionFields = {
  relative: required(share('0.1%'), 'target standard error: relative for amounts, absolute for probabilities'),
  statistic: option(
    { ...preciseFigure, accepts: (value) => preciseFigure.accepts(typeof value === 'string' ? currentName(value) : value) },
    'the figure that must reach it',
    'all headline figures',
  ),
} as const

/** The precision that headline figures must reach. */
export type Precision = OptionsOf<typeof precisionFields>

const precision: OptionKind<Precision> = {
  ...nested(precisionFields),
  expected: 'an object such as { relative: 0.001 }',
  text: {
    placeholder: '<share>',
    expected: 'a share such as 0.1%',
    read(text, flag) {
      const relative = precisionFields.relative.kind.text?.read(text, flag)
      return relative === undefined ? undefined : { relative }
    },
  },
}

/** What to sample. */
export const sampling = {
  trials: option(wholeNumber(1, 2 ** 52, '1m'), 'number of trials, such as 1m', 'as the scenario says, else 1,000,000'),
  seed,
  method,
  threads,
  measure,
} as const

export const simulating = {
  ...sampling,
  keepTrials: option(toggle('both'), 'keep every trial, whatever the memory', {
    helpOff: 'keep no trials and take percentiles from histograms',
    default: 'keeps up to 512 MiB',
  }),
  memory: option(
    memorySize,
    'refuse to run if it needs more memory than this, such as 2GB (default: half of the free memory)',
    'half of the free memory',
  ),
  precision: option(precision, 'double the trials until every headline figure has this standard error, such as 0.1%'),
  preintegration: option(toggle('off'), 'take every figure from the sample alone', '`true`'),
  monthly: option(
    toggle('off'),
    'report only means for each month and write no months.arrow, which saves memory and disk',
    '`true`',
  ),
  paths: programOnly(
    toggle('on'),
    'compute the months of the recorded trials with the run, for `result.paths()`',
    'when asked for',
  ),
  pairs: option(
    oneOf(['all', 'none'], ['all'], '<which>'),
    'all compares every pair of offers, even for more than 12',
    'up to 12 offers',
  ),
  onProgress,
  signal,
} as const

/** How to run a scenario. An option overrides the field of the same name in the scenario's `run`. */
export type SimulateOptions = OptionsOf<typeof simulating>
