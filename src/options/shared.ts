// Options that many functions and commands share.
import { isFields } from '../notation/fields.ts'
import { DECIMALS } from '../notation/table/numbers.ts'
import { METHODS } from '../numerics/random/plan.ts'
import { abortSignal, callback, oneOf, seedText, share, textKind, value, wholeNumber } from './kinds.ts'
import { type OptionsOf, option, programOnly } from './option.ts'

export const MOST_THREADS = 1_024
export const seed = option(seedText, 'seed of the random numbers', 'as the scenario says')
export const method = option(oneOf(METHODS), 'sampling method: sobol, latin or random', 'as the scenario says, else sobol')
export const measure = option(oneOf(['bill', 'total']), 'cost to compare: bill or total', 'as the scenario says, else bill')
export const threads = option(wholeNumber(1, MOST_THREADS, '4'), 'worker threads (default: one per core)', 'one per core')
export const decimal = option(
  oneOf(DECIMALS, DECIMALS, '<sign>'),
  'sign before the decimals in a table: , or . (for numbers such as 1.234, which have two readings)',
  'as the table shows',
)
export const clearChoice = option(
  share('80%'),
  'odds of being cheapest from which an offer may be the clear choice (default 80%)',
  '80%',
)
export const onProgress = programOnly(
  callback<(done: number, total: number) => void>(),
  'called with the trials done and the total',
)
export const signal = programOnly(abortSignal, 'stops the work when aborted')
/** Where a question is answered, and who watches. */
export const answering = {
  threads: programOnly(
    threads.kind,
    'worker threads; 1 answers on the calling thread, which takes turns with other work',
    'one per core, none for a small question',
  ),
  onProgress,
  signal,
} as const
const fileTexts = value<Readonly<Record<string, string>>>('texts by name', 'texts of files by name')

/** Where to find the files that a scenario names. */
export const place = {
  folder: programOnly(textKind('<folder>', 'the name of a folder'), 'folder of the files that a scenario names', "'.'"),
  files: programOnly(
    { ...fileTexts, accepts: (given) => isFields(given) && Object.values(given).every((text) => typeof text === 'string') },
    'texts of the files that a scenario names, for browsers',
  ),
} as const
export type FilePlace = OptionsOf<typeof place>
