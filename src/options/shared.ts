// Options that many functions and commands have.
import { METHODS } from '../numerics/random/plan.ts'
import { abortSignal, callback, oneOf, seedText, textKind, value, wholeNumber } from './kinds.ts'
import { type OptionsOf, option, programOnly } from './option.ts'

export const MOST_THREADS = 1_024

export const seed = option(seedText, 'seed of the random numbers', { default: "the scenario's" })
export const method = option(oneOf(METHODS), 'sobol, latin or random', { default: "the scenario's, else sobol" })
export const measure = option(oneOf(['bill', 'total']), 'compare by bill or total', { default: "the scenario's, else bill" })
export const threads = option(wholeNumber(1, MOST_THREADS, '4'), 'worker threads (by default one a core)', {
  default: 'one a core',
})
export const onProgress = programOnly(callback<(done: number, total: number) => void>(), 'hears how far it is')
export const signal = programOnly(abortSignal, 'stops it')

const fileTexts = value<Readonly<Record<string, string>>>('texts by name', 'the texts of files by their names')

/** Where the files lie that a scenario names. */
export const place = {
  folder: programOnly(textKind('<folder>', 'the name of a folder'), 'where files lie that a scenario names', { default: "'.'" }),
  files: programOnly(
    { ...fileTexts, accepts: (given) => typeof given === 'object' && given !== null },
    'texts of files that a scenario names, which a browser has no folder for',
  ),
} as const
export type FilePlace = OptionsOf<typeof place>
