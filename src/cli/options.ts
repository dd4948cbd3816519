// Options that only commands take.
import { oneOf, repeated, seconds, share, textKind, toggle, wholeNumber } from '../options/kinds.ts'
import { flagOnly } from '../options/option.ts'
import { holding, MOST_WAIT, reaching } from '../options/queue.ts'
import { clearChoice, threads } from '../options/shared.ts'
import { sampling, simulating } from '../options/simulate.ts'
import { formatNames, moreFiles } from '../options/saving.ts'

export const json = flagOnly(toggle('on'), 'print only JSON')
/** For commands whose tables are of simulated figures. */
export const se = flagOnly(toggle('on'), 'show the standard error of each figure')
const summaryJson = flagOnly(toggle('on'), 'print only summary.json')
export const quiet = flagOnly(toggle('on'), 'print only errors')
export const force = flagOnly(toggle('on'), 'write into a folder that has other files')
export const replace = flagOnly(toggle('on'), 'replace an existing file')
export const waitLock = flagOnly(
  seconds(0, MOST_WAIT, 'seconds such as 600'),
  'seconds to wait while another billcast writes the same results (default 0, which is an error)',
  '0',
)
export const ignoreHangup = flagOnly(toggle('on'), 'keep running after the terminal is closed, also under nohup')
export const logForm = flagOnly(
  oneOf(['json', 'text'], ['json', 'text'], '<form>'),
  'json writes one object per line to standard error',
)

/** A text that the command itself checks. */
export const words = (placeholder: string, expected = 'text') => textKind(placeholder, expected)

export const clearAt = flagOnly(clearChoice.kind, clearChoice.help, clearChoice.default)

const format = flagOnly(formatNames, 'format of the tables: arrow, parquet, csv or xlsx, which writes budget.xlsx (default arrow)')

/** The files in a folder of results. */
export const output = {
  out: flagOnly(
    words('<folder>'),
    'write summary.json, trials.arrow, months.arrow, report.html and manifest.json into this folder',
  ),
  format,
  ...moreFiles,
  force,
  waitLock,
} as const

export const allowPath = flagOnly(
  repeated('<folder>', 'a folder'),
  'another folder for files that a scenario names (may be repeated)',
)

/** Commands that write results into folders. */
export const running = {
  ...simulating,
  gate: flagOnly(toggle('on'), 'exit with code 3 if the budget in the scenario does not hold'),
  ...output,
  resume: flagOnly(toggle('on'), 'continue an earlier run into the same folder that was stopped or killed'),
  checkpointEvery: flagOnly(
    seconds(0.05, 3_600, 'seconds from 0.05 to 3600'),
    'seconds between checkpoints for --resume (default 5)',
    '5',
  ),
  allowPath,
  ignoreHangup,
  quiet,
} as const

export const runningOnce = {
  ...running,
  chart: flagOnly(
    repeated('<file>', 'a file such as bars.png, or a chart and a file such as fan:fin=fan.svg'),
    'draw a chart into a file, SVG or PNG, such as bars.png or fan:fin=fan.svg (docs/charts.md lists the charts; may be repeated)',
  ),
  json: summaryJson,
  se,
  clearAt,
  shard: flagOnly(
    words('<shard>'),
    'sample only one shard of the trials, such as 3/16 (env/16 in an array job), into a file for merge',
  ),
} as const

export const merging = {
  partial: flagOnly(toggle('on'), 'merge the shards that exist and mark every output as partial'),
  ...output,
  out: flagOnly(words('<folder>'), 'folder for the merged run'),
  format,
  threads,
  memory: {
    ...simulating.memory,
    help: 'refuse if merging needs more memory than this, such as 2GB (default: half of the free memory)',
  },
  quiet,
  json: summaryJson,
  se,
} as const

export const batching = {
  ...running,
  jobs: flagOnly(wholeNumber(1, 1_024, '2'), 'scenarios at once (default: one per thread)', 'one per thread'),
  failFast: flagOnly(toggle('on'), 'stop at the first scenario that fails'),
  log: logForm,
  json: flagOnly(toggle('on'), 'print only index.json'),
  se,
  queue: {
    ...reaching.queue,
    help: 'let workers sample the scenarios through this queue, such as redis://127.0.0.1:6379 (env: the variable BILLCAST_QUEUE)',
  },
  ...holding,
  wait: reaching.wait,
} as const

/** For commands that run a scenario once and ask the result. */
export const asking = { ...sampling, json, se } as const

export const confidence = flagOnly(
  share('0.1%'),
  'share of simulated years in which the budget must be enough (default 80%)',
  '80%',
)
