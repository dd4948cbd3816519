// Merges the shards of a run. It checks that they belong together and are complete before it reads their results.
import { shellWord } from '../../notation/shell.ts'
import { type Course, runBlocks } from '../../run/run.ts'
import { takeSets } from '../../run/shard.ts'
import { UsageError } from '../../errors.ts'
import { givenFiles } from '../../api/given.ts'
import { type Manifest, optionsIn } from '../../api/manifest.ts'
import { type Finished, type Platform, type Prepared, planned, prepareScenario, runPrepared } from '../../api/run.ts'
import type { SimulateOptions } from '../../options/simulate.ts'
import { partialWords } from '../../present/report/text.ts'
import { identityDifferences, identityHere } from './identity.ts'
import { gatherShard, readHeader, type ShardHeader, shardName } from './shard-file.ts'

const SHOWN = 10

type Found = { readonly path: string; readonly header: ShardHeader }

/** Fewer sets give no useful standard error. */
const FEWEST_SETS = 4

/**
 * @param partial whether to merge without missing shards
 * @throws UsageError that names every shard that is missing, repeated or of another run
 */
export async function mergeShards(
  paths: readonly string[],
  partial: boolean,
  options: Pick<SimulateOptions, 'threads' | 'memory' | 'signal' | 'onProgress'>,
  platform: Omit<Platform, 'reader' | 'gather' | 'checkpoints'>,
): Promise<Finished> {
  const found: Found[] = []
  for (const path of paths) found.push({ path, header: await readHeader(path) })
  const [first] = found
  if (!first) throw new UsageError('merge: expected the shards of a run, got none')
  const whole = checkTogether(found, partial)
  const { header } = first
  const prepared = await prepareScenario(
    header.written.text,
    { ...optionsIn(header.part as unknown as Manifest), ...options },
    givenFiles(header.written.files),
  )
  const own = identityHere(planned(prepared))
  if (own.identity !== header.identity)
    throw new UsageError(
      `${first.path}: the shard is from another program or run. Its ${identityDifferences(header, own).join(', ') || 'identity'} differs`,
    )
  const gather = async (course: Course) => {
    // One shard at a time, so that memory holds only one.
    for (const { path, header: key } of found) await gatherShard(path, course, key)
    return undefined
  }
  return whole ? runPrepared(prepared, { ...platform, gather }) : mergeSome(prepared, gather, platform)
}

/** Merges the sets of trials that are complete in the given shards. */
async function mergeSome(
  prepared: Prepared,
  gather: NonNullable<Platform['gather']>,
  platform: Omit<Platform, 'reader' | 'gather' | 'checkpoints'>,
): Promise<Finished> {
  const { program, options } = prepared
  const { plan, keepTrials } = planned(prepared)
  // A random sample keeps months for its first trials, which may be missing.
  const settings = { ...options, keepTrials, ...(plan.method === 'random' && { monthly: false }) }
  const course = await runBlocks(program, plan, options.seed, { ...options, keepTrials }, [], platform.executor(1))
  await gather(course)
  const sets = course.tally.whole()
  if (sets.length < FEWEST_SETS)
    throw new UsageError(
      `merge --partial: expected at least ${FEWEST_SETS} complete sets of trials of the run's ${plan.replicates}, but the shards contain ${sets.length}. Merge more shards`,
    )
  const finished = await runPrepared(
    { ...prepared, options: settings, sets },
    { ...platform, gather: (own) => Promise.resolve(takeSets(course, own, sets)) },
  )
  const { partial } = finished.summary
  return partial ? { ...finished, warnings: [partialWords(partial), ...finished.warnings] } : finished
}

/** @returns whether all shards are present */
function checkTogether(found: readonly Found[], partial: boolean): boolean {
  const [{ path, header }] = found
  const { count } = header.shard
  const problems: string[] = []
  const seen = new Map<number, string>()
  for (const { path: other, header: own } of found) {
    if (own.identity !== header.identity) {
      const names = identityDifferences(own, header).map((name) =>
        name === 'scenario'
          ? 'another scenario'
          : `${name} ${JSON.stringify(own.part[name])}, not ${JSON.stringify(header.part[name])}`,
      )
      problems.push(`${other}: this shard is of another run than ${path} (${names.join('; ')})`)
    } else if (own.shard.count !== count)
      problems.push(`${other}: this is one of ${own.shard.count} shards, but ${path} is one of ${count}`)
    else {
      const before = seen.get(own.shard.index)
      if (before !== undefined) problems.push(`${other}: shard ${own.shard.index} is already in ${before}`)
      seen.set(own.shard.index, other)
    }
  }
  const missing = Array.from({ length: count }, (_, k) => k + 1).filter((index) => !seen.has(index))
  if (missing.length > 0 && !partial) {
    const list = `${missing.slice(0, SHOWN).join(', ')}${missing.length > SHOWN ? ` and ${missing.length - SHOWN} more` : ''}`
    problems.push(
      `${missing.length} of ${count} shards ${missing.length === 1 ? 'is' : 'are'} missing: ${list}. To write ${shardName(stem(header.plan), { index: missing[0], count })}, run billcast run ${shellWord(header.plan)} ${commandOptions(header)}--shard ${missing[0]}/${count} --out FOLDER`,
    )
  }
  if (problems.length > 0) throw new UsageError(problems.slice(0, SHOWN).join('; '))
  return missing.length === 0
}

/** The options that make a shard again. */
function commandOptions({ part }: ShardHeader): string {
  const { seed, method, trials, measure, keepTrials, preintegration, monthly, pairs } = part
  return [
    `--trials ${String(trials)} --seed ${shellWord(String(seed))} --method ${String(method)} --measure ${String(measure)} `,
    keepTrials === true ? '--keep-trials ' : '--no-keep-trials ',
    preintegration === false ? '--no-preintegration ' : '',
    monthly === false ? '--no-monthly ' : '',
    pairs === 'all' ? '--pairs all ' : '',
  ].join('')
}

/** The name of a plan's file without folder and ending. */
export const stem = (plan: string): string => plan.replace(/^.*[/\\]/, '').replace(/\.(ya?ml|json)$/i, '') || 'plan'
