// billcast batch: many scenarios, a folder each, and an index over all.
import type { FlagsOf } from '../../options/option.ts'
import { simulating } from '../../options/simulate.ts'
import { chosen } from '../flags.ts'
import { interruptible } from '../interrupt.ts'
import { batching } from '../options.ts'
import { printJson, printLines } from '../print.ts'
import { queueOf } from '../queue.ts'
import { checkpointMilliseconds } from '../running.ts'
import { wantedOf } from '../wanted.ts'
import { defineCommand } from '../command.ts'
import { shown, UsageError } from '../../errors.ts'
import { text, writeOne } from '../../present/files/write.ts'
import { checkBatchFolder, runBatch } from '../../platform/node/batch.ts'
import { diskAt } from '../../platform/node/disk.ts'
import { INDEX, plansIn } from '../../platform/node/plans.ts'
import { limitsOf } from '../../platform/queue/options.ts'
import type { BatchEvent } from '../../platform/node/scenario-run.ts'
import { openPool } from '../../platform/node/threads/pool.ts'
import { VERSION } from '../../platform/node/version.ts'
import { formatMoney, formatShare } from '../../notation/money.ts'
import { type Portfolio, portfolioCsv, portfolioHtml, portfolioOf } from '../../present/report/portfolio.ts'
import { align } from '../../present/report/text.ts'
import { jsonLog, type Log, lineLog } from '../log.ts'

export const summary = "run many scenarios, such as 'plans/*.yaml', into a folder each, with an index over all"
export const group = 'run'

type BatchFlags = FlagsOf<typeof batching>

async function batchCommand(flags: BatchFlags, patterns: readonly string[]): Promise<void> {
  const signal = interruptible()
  const { out, force, quiet, json, allowPath: allowed } = flags
  if (out === undefined || out === '') throw new UsageError(`--out: expected the name of a folder, got ${shown(out ?? '')}`)
  const { threads: stated, ...run } = chosen(flags, simulating)
  const wanted = wantedOf(flags)
  const every = checkpointMilliseconds(flags.checkpointEvery)
  const log = flags.log === 'json' ? jsonLog() : lineLog(quiet === true)
  const plans = await plansIn(patterns)
  const threads = stated ?? (await import('node:os')).availableParallelism()
  const jobs = Math.min(plans.length, flags.jobs ?? threads)
  await checkBatchFolder(out, plans, force === true)
  const disk = diskAt(out)
  const runOn = flags.queue === undefined ? localBatch : queuedBatch(flags, log)
  const pool = await openPool(threads)
  try {
    const options = {
      ...{ out, jobs, every, wanted, signal },
      // An index of before would tell of folders that are about to change.
      begin: async () => {
        for (const name of [...INDEX]) await disk.remove(name)
      },
      resume: flags.resume === true,
      force: force === true,
      failFast: flags.failFast === true,
      allowed: allowed ?? [],
      run: { ...run, ...(run.memory !== undefined && { memory: run.memory / jobs }) },
    }
    const entries = await watched(log, plans.length, (tell) => runOn(plans, pool, options, tell))
    const portfolio = portfolioOf(VERSION, entries)
    const contents = [
      `${JSON.stringify(portfolio, null, 2)}\n`,
      portfolioCsv(portfolio),
      portfolioHtml(portfolio, wanted.page),
    ] as const
    // The one that programs read comes last: where it stands, all stand.
    for (const k of [1, 2, 0] as const) await writeOne(disk, INDEX[k], text(contents[k]))
    if (json) printJson(portfolio)
    else if (!quiet) printLines(tableOf(portfolio, out))
    if (portfolio.failed > 0 || portfolio.notRun > 0) process.exitCode = 1
    else if (flags.gate && portfolio.overBudget.length > 0) process.exitCode = 3
  } finally {
    await pool.close()
  }
}

type RunBatch = typeof runBatch
const localBatch: RunBatch = runBatch

/** Sampled by the workers of a queue. @throws UsageError for the options */
function queuedBatch(flags: BatchFlags, log: Log): RunBatch {
  const { address, wait } = queueOf(flags)
  const limits = limitsOf(wait, flags.inFlight, flags.inFlightMemory)
  return async (plans, pool, options, tell) => {
    const { runQueued } = await import('../../platform/queue/batch.ts')
    return runQueued(plans, pool, options, address, limits, tell, log.note)
  }
}

async function watched<T>(log: Log, total: number, work: (tell: (event: BatchEvent) => void) => Promise<T>): Promise<T> {
  log.begin(total)
  try {
    return await work(log.tell)
  } finally {
    log.end()
  }
}

function tableOf({ scenarios, done, failed, notRun, overBudget }: Portfolio, out: string): string[] {
  const rows = scenarios.map((entry): string[] => {
    if (entry.status !== 'done') return [entry.scenario, entry.status, '', '', '', '']
    const { best, offers, currency, budget } = entry
    const { mean, p80, cheapest } = offers[best]
    const money = (value: number) => formatMoney(value, currency)
    const held = budget === undefined ? '' : budget.met ? 'holds' : 'does not hold'
    return [
      entry.scenario,
      best,
      `${money(mean.value)} ± ${money(mean.se)}`,
      p80 ? `${money(p80.value)} ± ${money(p80.se)}` : '–',
      formatShare(cheapest.value),
      held,
    ]
  })
  const failures = scenarios.flatMap((entry) => (entry.status === 'failed' ? [`  ${entry.scenario}: ${entry.error}`] : []))
  return [
    ...align([['scenario', 'least on average', 'mean', 'P80', 'cheapest in', 'budget'], ...rows]),
    '',
    `${done} of ${scenarios.length} scenarios done: ${out}/index.html has all offers.`,
    ...(overBudget.length > 0 ? [`The stated budget does not hold in ${overBudget.length}: ${overBudget.join(', ')}.`] : []),
    ...(notRun > 0 ? [`${notRun} were not run.`] : []),
    ...(failed > 0 ? [`${failed} failed:`, ...failures] : []),
  ]
}

export const command = defineCommand({
  arguments: { '<scenarios...>': 'files, or patterns of their names' },
  options: batching,
  run: batchCommand,
})
