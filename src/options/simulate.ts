// Options of a run of one scenario.
import { currentName } from '../old-names.ts'
import { oneOf, memorySize, nested, share, toggle, wholeNumber } from './kinds.ts'
import { type OptionKind, type OptionsOf, option, required } from './option.ts'
import { measure, method, onProgress, seed, signal, threads } from './shared.ts'

export const PRECISE_FIGURES = ['mean', 'p50', 'p80', 'p90', 'p95', 'expectedShortfall', 'cheapest', 'cheaper'] as const
export type PreciseFigure = (typeof PRECISE_FIGURES)[number]

const preciseFigure = oneOf(PRECISE_FIGURES)

const precisionFields = {
  relative: required(share('0.1%'), 'standard error: a share of the amount for money, absolute for probabilities'),
  statistic: option(
    { ...preciseFigure, accepts: (value) => preciseFigure.accepts(typeof value === 'string' ? currentName(value) : value) },
    'the figure that must be so precise',
    { default: 'all headline figures' },
  ),
} as const

/** How precise headline figures shall be. */
export type Precision = OptionsOf<typeof precisionFields>

const precision: OptionKind<Precision> = {
  ...nested(precisionFields),
  text: {
    placeholder: '<share>',
    expected: 'a share such as 0.1%',
    read(text, flag) {
      const relative = precisionFields.relative.kind.text?.read(text, flag)
      return relative === undefined ? undefined : { relative }
    },
  },
}

/** What a run samples. */
export const sampling = {
  trials: option(wholeNumber(1, 2 ** 52, '1m'), 'futures to sample, such as 1m', { default: "the scenario's, else 1,000,000" }),
  seed,
  method,
  threads,
  measure,
} as const

export const simulating = {
  ...sampling,
  keepTrials: option(toggle('both'), 'keep every trial, however many', {
    helpOff: 'keep none: percentiles come from histograms',
    default: 'kept up to 512 MiB',
  }),
  memory: option(memorySize, 'refuse to run where more would be needed, such as 2GB (half of what is free unless stated)', {
    default: 'half of what is free',
  }),
  precision: option(precision, 'double the trials until every headline figure is so precise, such as 0.1%'),
  preintegration: option(toggle('off'), 'every figure from the sample alone', { default: '`true`' }),
  monthly: option(
    toggle('off'),
    'months have means only, and months.arrow is not written: less memory, smaller shards and results',
    { default: '`true`' },
  ),
  pairs: option(oneOf(['all', 'none'], ['all'], '<which>'), 'all: compare every pair of offers, however many', {
    default: 'up to 12 offers',
  }),
  onProgress,
  signal,
} as const

/** How to run a scenario; what stands here overrides its `run`. */
export type SimulateOptions = OptionsOf<typeof simulating>
