// Options that only commands have.
import { oneOf, repeated, seconds, share, textKind, toggle, wholeNumber } from '../options/kinds.ts'
import { flagOnly, type OptionKind } from '../options/option.ts'
import { shown, UsageError } from '../errors.ts'
import { holding, reaching } from '../options/queue.ts'
import { threads } from '../options/shared.ts'
import { sampling, simulating } from '../options/simulate.ts'
import { OUTPUT_FORMATS, type OutputFormat } from '../present/files/formats.ts'

export const json = flagOnly(toggle('on'), 'print the result as JSON and nothing else')
const summaryJson = flagOnly(toggle('on'), 'print summary.json and nothing else')
export const quiet = flagOnly(toggle('on'), 'print nothing but errors')
export const force = flagOnly(toggle('on'), 'write into a folder that holds other files')
export const replace = flagOnly(toggle('on'), 'replace the file')
export const logForm = flagOnly(oneOf(['json', 'text'], ['json', 'text'], '<form>'), 'json: one object a line on standard error')

/** A text that the command itself checks. */
export const words = (placeholder: string, expected = 'text') => textKind(placeholder, expected)

const formats: OptionKind<readonly OutputFormat[]> = {
  name: 'names',
  expected: OUTPUT_FORMATS.join(' or '),
  accepts: Array.isArray,
  text: {
    placeholder: '<names>',
    expected: OUTPUT_FORMATS.join(' or '),
    read: (given, flag) => [
      ...new Set(
        given.split(',').map((one) => {
          const found = OUTPUT_FORMATS.find((format) => format === one.trim())
          if (!found) throw new UsageError(`${flag}: expected ${OUTPUT_FORMATS.join(' or ')}, got ${shown(one.trim())}`)
          return found
        }),
      ),
    ],
  },
}

/** What a folder of results holds. */
export const output = {
  out: flagOnly(words('<folder>'), 'write summary.json, trials.arrow, months.arrow, report.html and manifest.json'),
  format: flagOnly(formats, 'of the tables in --out: arrow, parquet, csv; xlsx writes budget.xlsx (arrow unless stated)'),
  inputs: flagOnly(toggle('on'), 'write a table of what was drawn too'),
  report: flagOnly(toggle('off'), 'write no report.html'),
  force,
} as const

/** Commands that write results into folders. */
export const running = {
  ...simulating,
  gate: flagOnly(toggle('on'), 'exit with code 3 where a budget that the scenario states does not hold'),
  ...output,
  resume: flagOnly(toggle('on'), 'go on where an earlier run into the same folder was stopped or killed'),
  checkpointEvery: flagOnly(seconds(0.05, 3_600, 'seconds from 0.05 to 3600'), 'how often a run is saved for --resume (5)', {
    default: '5',
  }),
  allowPath: flagOnly(
    repeated('<folder>', 'a folder'),
    'where files that a scenario names may lie too, beside its own folder; may be repeated',
  ),
  quiet,
} as const

export const runningOnce = {
  ...running,
  json: summaryJson,
  shard: flagOnly(
    words('<share>'),
    'sample only one share of the futures, such as 3/16 (env/16 in an array job), into a file for merge',
  ),
} as const

export const merging = {
  partial: flagOnly(toggle('on'), 'merge what is there, and say in every output that it is not all'),
  ...output,
  out: flagOnly(words('<folder>'), 'where to'),
  format: flagOnly(formats, 'of the tables: arrow, parquet, csv; xlsx writes budget.xlsx (arrow unless stated)'),
  threads,
  memory: { ...simulating.memory, help: 'refuse where more would be needed, such as 2GB (half of what is free unless stated)' },
  quiet,
  json: summaryJson,
} as const

export const batching = {
  ...running,
  jobs: flagOnly(wholeNumber(1, 1_024, '2'), 'scenarios at once (by default one a thread)', { default: 'one a thread' }),
  failFast: flagOnly(toggle('on'), 'end at the first scenario that fails'),
  log: logForm,
  json: flagOnly(toggle('on'), 'print index.json and nothing else'),
  queue: {
    ...reaching.queue,
    help: 'have them sampled by workers, such as redis://127.0.0.1:6379 (env: BILLCAST_QUEUE holds it)',
  },
  ...holding,
  wait: reaching.wait,
} as const

/** Commands that run a scenario once and ask the result. */
export const asking = { ...sampling, json } as const

export const confidence = flagOnly(share('0.1%'), 'in how many futures the budget shall suffice (80 % unless stated)', {
  default: '80%',
})
