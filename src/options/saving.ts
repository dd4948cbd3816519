// The files of a run: which ones a folder gets, for `result.save` and for `--out`.
import { FORMATS, OUTPUT_FORMATS, type OutputFormat } from './formats.ts'
import { either, oneOf, toggle } from './kinds.ts'
import { type OptionKind, type OptionsOf, option, programOnly } from './option.ts'
import { signal } from './shared.ts'
import { shown, UsageError } from '../errors.ts'

const formatOf = (given: unknown): OutputFormat | undefined => OUTPUT_FORMATS.find((format) => format === given)

export const formatNames: OptionKind<readonly OutputFormat[]> = {
  name: 'list of names',
  expected: `a list of ${either(OUTPUT_FORMATS)}`,
  accepts: (given) => Array.isArray(given) && given.every((one) => formatOf(one) !== undefined),
  text: {
    placeholder: '<names>',
    expected: either(OUTPUT_FORMATS),
    read: (given, flag) => [
      ...new Set(
        given.split(',').map((one) => {
          const found = formatOf(one.trim())
          if (!found) throw new UsageError(`${flag}: expected ${either(OUTPUT_FORMATS)}, got ${shown(one.trim())}`)
          return found
        }),
      ),
    ],
  },
}

/** Files beside the tables that every run has. */
export const moreFiles = {
  inputs: option(toggle('on'), 'also write a table of the sampled inputs'),
  paths: option(
    toggle('on'),
    'also write a table of the months of single trials: conversations, rate, and the costs of each offer',
  ),
  report: option(toggle('off'), 'write no report.html', '`true`'),
} as const

export const saving = {
  formats: programOnly(formatNames, `formats of the tables: ${either(FORMATS)}, or xlsx, which writes budget.xlsx`, "`['arrow']`"),
  ...moreFiles,
  force: programOnly(toggle('on'), 'write into a folder that has other files', '`false`'),
  signal,
} as const
/** What `result.save` writes. */
export type SaveOptions = OptionsOf<typeof saving>

/** What `save` of an answer takes. */
export const savingAnswer = { force: saving.force, signal } as const
export type SaveAnswerOptions = OptionsOf<typeof savingAnswer>

export const drawnInputs = {
  all: programOnly(toggle('on'), 'draw the inputs of every trial, which takes time and memory', 'the first 65,536 trials'),
} as const
export type InputsOptions = OptionsOf<typeof drawnInputs>

/** The tables of a run, by the names of their files. */
export const TABLES = ['trials', 'months', 'inputs', 'paths', 'ledger'] as const
export type TableName = (typeof TABLES)[number]
export const tableName = oneOf(TABLES)
export const reportFormat = oneOf(['html', 'md'])
