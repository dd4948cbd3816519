// billcast run --shard: writes one part of a run as a file for billcast merge.
import { basename, dirname } from 'node:path'
import { shown, UsageError } from '../errors.ts'
import { LIMITS } from '../limits.ts'
import { LockError } from '../present/files/held.ts'
import { sweepDrafts, writeOne } from '../present/files/write.ts'
import { planned, prepareScenario, runShard } from '../api/run.ts'
import type { SimulateOptions } from '../options/simulate.ts'
import { CHECKPOINT } from '../present/files/folder.ts'
import { folderCheckpoints } from '../platform/node/checkpoint.ts'
import { diskAt } from '../platform/node/disk.ts'
import { identityHere } from '../platform/node/identity.ts'
import { withLock } from '../platform/node/lock.ts'
import { hostMemory } from '../platform/node/memory.ts'
import { stem } from '../platform/node/merge.ts'
import { folderReader } from '../platform/node/reader.ts'
import { shardContent, shardName } from '../platform/node/shard-file.ts'
import { commandExecutor } from '../platform/node/threads/executor.ts'
import { plainWords } from '../platform/node/words.ts'
import type { FlagsOf } from '../options/option.ts'
import type { runningOnce } from './options.ts'
import { checkpointMilliseconds, openingOf } from './out.ts'
import { note } from './print.ts'
import { resultsAreKept, toStderr } from './streams.ts'

/** "3/16", or "env/16" in an array job. */
export function shardIn(text: string, environment: Readonly<Record<string, string | undefined>>) {
  const match = /^(env|\d+)\/(\d+)$/.exec(text)
  const count = Number(match?.[2])
  if (!match || !(count >= 1 && count <= LIMITS.shards))
    throw new UsageError(`--shard: expected a shard such as 3/16, or env/16 in an array job, got ${shown(text)}`)
  const index = match[1] === 'env' ? indexIn(environment) : Number(match[1])
  if (!(index >= 1 && index <= count))
    throw new UsageError(
      `--shard: expected a number from 1 to ${count}, got ${index}${match[1] === 'env' ? ' from the environment' : ''}`,
    )
  return { index, count }
}

/**
 * The number of this member of an array job, from 1. Kubernetes and AWS count from 0. Slurm counts from the number that its user chose:
 * a member that is run again alone has an array of its own, so only an array that starts at 0 counts from 0.
 */
function indexIn(environment: Readonly<Record<string, string | undefined>>): number {
  const whole = (name: string): number | undefined => {
    const text = environment[name]
    if (text === undefined) return undefined
    if (!/^\d+$/.test(text)) throw new UsageError(`--shard: expected a whole number in ${name}, got ${shown(text)}`)
    return Number(text)
  }
  const slurm = whole('SLURM_ARRAY_TASK_ID')
  const zero = whole('JOB_COMPLETION_INDEX') ?? whole('AWS_BATCH_JOB_ARRAY_INDEX')
  if (zero !== undefined) return zero + 1
  if (slurm !== undefined) return whole('SLURM_ARRAY_TASK_MIN') === 0 ? slurm + 1 : slurm
  throw new UsageError(
    '--shard env: expected the variable JOB_COMPLETION_INDEX (Kubernetes), SLURM_ARRAY_TASK_ID (Slurm) or AWS_BATCH_JOB_ARRAY_INDEX (AWS Batch), but none is set',
  )
}

export async function shardCommand(
  file: string,
  text: string,
  stated: string,
  flags: FlagsOf<typeof runningOnce>,
  options: SimulateOptions,
): Promise<void> {
  const { out, quiet } = flags
  const own = shardIn(stated, process.env)
  if (out === undefined || out === '') throw new UsageError('--shard: expected a folder for the shard, given by --out')
  const prepared = await prepareScenario(text, options, folderReader(dirname(file), flags.allowPath))
  const plan = file === '-' ? 'plan.yaml' : basename(file)
  const name = shardName(stem(plan), own)
  const disk = diskAt(out, quiet ? undefined : note)
  const writing = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      if (error instanceof LockError) throw error
      throw new Error(`--out ${out}: cannot write ${name}: ${plainWords(error)}`, { cause: error })
    }
  }
  await writing(() => disk.make())
  // Shards of one run share a folder, so each locks its own file.
  await withLock(out, name, `--out ${out}: ${name}`, openingOf(flags, options.signal), async (hold) => {
    await sweepDrafts(disk, name)
    const { identity, scenarioHash, part } = identityHere(planned(prepared))
    const [resume, every] = [flags.resume === true, checkpointMilliseconds(flags.checkpointEvery)]
    const checkpoints = folderCheckpoints(out, resume, every, note, hold.check, `.${name}${CHECKPOINT}`)
    const executor = (threads: number | undefined) => commandExecutor(threads, note)
    const shard = await runShard(prepared, own, { executor, ...hostMemory(), checkpoints: checkpoints.open })
    const header = { shard: own, identity, scenarioHash, part, plan, written: prepared.written }
    await writing(() => writeOne(disk, name, shardContent(header, shard), hold.check))
    await checkpoints.remove()
    resultsAreKept()
  })
  if (!quiet) toStderr(`Wrote ${name}, shard ${own.index} of ${own.count}. Merge all shards with billcast merge.\n`)
}
