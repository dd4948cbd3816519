import { jsonOf, UsageError } from '../../errors.ts'
import { formatMoney, formatShare } from '../../notation/money.ts'
import type { FlagsOf } from '../../options/option.ts'
import { simulating } from '../../options/simulate.ts'
import { BATCH, checkBatchFolder, runBatch } from '../../platform/node/batch.ts'
import { diskAt } from '../../platform/node/disk.ts'
import { INDEX, plansIn } from '../../platform/node/plans.ts'
import { withLock } from '../../platform/node/lock.ts'
import { availableCores } from '../../platform/node/cores.ts'
import { openPool } from '../../platform/node/threads/pool.ts'
import { VERSION } from '../../platform/version.generated.ts'
import { limitsOf } from '../../platform/queue/room.ts'
import type { Disk } from '../../present/files/disk.ts'
import type { Held } from '../../present/files/held.ts'
import { sweepDrafts, text, writeOne } from '../../present/files/write.ts'
import { type BatchIndex, batchCsv, batchHtml, batchIndexOf } from '../../present/report/batch-index.ts'
import { type Block, type Cell, figureCell, textTable } from '../../present/report/text-table.ts'
import { chosen, defineCommand } from '../command.ts'
import { jsonLog, type Log, lineLog } from '../log.ts'
import { batching } from '../options.ts'
import { checkpointMilliseconds, wantedOf } from '../out.ts'
import { printJson, printLines } from '../print.ts'
import { resultsAreKept } from '../streams.ts'
import { queueOf } from '../queue.ts'
import { interruptible } from '../watched.ts'

export const summary = "run many scenarios, such as 'plans/*.yaml', each into its own folder, with one index"
export const group = 'run'

export const command = defineCommand({
  arguments: [['<scenarios...>', 'files or patterns of file names']],
  options: batching,
  async run(flags, patterns) {
    const signal = interruptible(flags)
    const { out, quiet, allowPath: allowed = [] } = flags
    if (out === undefined || out === '')
      throw new UsageError(
        `--out: expected the name of a folder, such as --out results, got ${out === undefined ? 'nothing' : '""'}`,
      )
    const { threads = availableCores(), ...run } = chosen(flags, simulating)
    const [resume, force, failFast] = [flags.resume === true, flags.force === true, flags.failFast === true]
    const wanted = wantedOf(flags)
    const every = checkpointMilliseconds(flags.checkpointEvery)
    const log = flags.log === 'json' ? jsonLog() : lineLog(quiet === true)
    const plans = await plansIn(patterns)
    const jobs = Math.min(plans.length, flags.jobs ?? threads)
    await checkBatchFolder(out, plans, force)
    const runOn = flags.queue === undefined ? runBatch : queuedBatch(flags, log)
    const { waitLock } = flags
    const options = {
      ...{ out, jobs, every, wanted, signal, resume, force, waitLock, failFast, allowed },
      run: { ...run, ...(run.memory !== undefined && { memory: run.memory / jobs }) },
    }
    const opening = { wait: waitLock, signal, note: log.note }
    const index = await withLock(out, BATCH, `--out ${out}`, opening, async (hold) => {
      const disk = diskAt(out, log.note)
      const pool = await openPool(threads)
      try {
        log.begin(plans.length)
        for (const name of INDEX) await sweepDrafts(disk, name)
        // An older index would describe folders that are about to change.
        const begin = async () => {
          for (const name of INDEX) await disk.remove(name)
        }
        const entries = await runOn(plans, pool, { ...options, begin }, log.event).finally(log.end)
        const found = batchIndexOf(VERSION, entries)
        await writeIndex(disk, found, wanted.page, hold.check)
        resultsAreKept()
        return found
      } finally {
        await pool.close()
      }
    })
    if (flags.json) printJson(index)
    else if (!quiet) printLines(indexBlocks(index, out), flags)
    if (index.failed > 0 || index.notRun > 0) process.exitCode = 1
    else if (flags.gate && index.overBudget.length > 0) process.exitCode = 3
  },
})

/** index.json comes last: programs that find it find the others too. */
async function writeIndex(disk: Disk, index: BatchIndex, page: boolean, held: Held): Promise<void> {
  const contents = [`${jsonOf(index, 2)}\n`, batchCsv(index), batchHtml(index, page)] as const
  for (const k of [1, 2, 0] as const) await writeOne(disk, INDEX[k], text(contents[k]), held)
}

/** Lets the workers of a queue sample the scenarios. @throws UsageError for the options */
function queuedBatch(flags: FlagsOf<typeof batching>, log: Log): typeof runBatch {
  const { address, wait } = queueOf(flags)
  const limits = limitsOf(wait, flags.inFlight, flags.inFlightMemory)
  return async (plans, pool, options, report) => {
    const { runQueued } = await import('../../platform/queue/batch.ts')
    return runQueued(plans, pool, options, address, limits, report, log.note)
  }
}

function indexBlocks({ scenarios, done, failed, notRun, overBudget }: BatchIndex, out: string): Block[] {
  const rows = scenarios.map((entry): Cell[] => {
    if (entry.status !== 'done') return [entry.scenario, entry.status, '', '', '', '']
    const { best, offers, currency, budget } = entry
    const { mean, p80, cheapest } = offers[best]
    const held = budget === undefined ? '' : budget.met ? 'holds' : 'does not hold'
    const money = (value: number) => formatMoney(value, currency)
    return [entry.scenario, best, figureCell(mean, money), p80 ? figureCell(p80, money) : '–', formatShare(cheapest.value), held]
  })
  const failures = scenarios.flatMap((entry) => (entry.status === 'failed' ? [`  ${entry.scenario}: ${entry.error}`] : []))
  return [
    textTable([['scenario', 'lowest mean', 'mean', 'P80', 'cheapest in', 'budget'], ...rows], { left: [0, 1, 5], spare: ['mean'] }),
    '',
    `${done} of ${scenarios.length} scenarios are done. ${out}/index.html shows all offers.`,
    ...(overBudget.length > 0 ? [`The budget does not hold in ${overBudget.length}: ${overBudget.join(', ')}.`] : []),
    ...(notRun > 0 ? [`${notRun} did not run.`] : []),
    ...(failed > 0 ? [`${failed} failed:`, ...failures] : []),
  ]
}
