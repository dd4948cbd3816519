// Runs a whole scenario of a batch in this thread.
import { inlineExecutor } from '../../../run/executor.ts'
import { givenFiles } from '../../../api/given.ts'
import { type Platform, planned, prepareScenario } from '../../../api/run.ts'
import type { BatchEntry } from '../../../present/report/batch-index.ts'
import { Gone, resultOf } from '../../queue/results.ts'
import { threadRedis } from '../../queue/connection.ts'
import { type BatchEvent, runToFolder, type Surroundings, watchedRun, wordsOf, writeScenario } from '../scenario-run.ts'
import { identityHere } from '../identity.ts'
import { addShardFrom, readFrom, type ShardKey } from '../shard-file.ts'
import { controlled, type Gathered, type Whole, type WholeDone } from './protocol.ts'

/** Trials × months × offers above which a scenario uses all threads. */
const LARGE = 1_000_000_000

export const runWhole = (message: Whole): Promise<WholeDone> =>
  controlled(message.control, async (control, signal) => {
    const events: BatchEvent[] = []
    const report = (event: BatchEvent) => {
      if (event.event === 'progress') control.progress = [event.trials, event.total]
      else events.push(event)
    }
    try {
      const entry = await entryOf(message, { signal, alone: true, report, lock: message.lock })
      return { events, ...(entry && { entry }) }
    } catch (error) {
      return { events, error: wordsOf(error), ...(error instanceof Gone && { gone: true }) }
    }
  })

function entryOf(
  { plan, options, gathered }: Whole,
  surroundings: Omit<Surroundings, 'executor'>,
): Promise<BatchEntry | undefined> {
  if (gathered) return mergeToFolder(plan, options, gathered, surroundings)
  return runToFolder(plan, options, {
    ...surroundings,
    executor: ({ options: { trials }, program }) =>
      trials * program.months * program.offers.length > LARGE ? undefined : inlineExecutor,
  })
}

async function mergeToFolder(
  plan: Whole['plan'],
  options: Whole['options'],
  { written, shards }: Gathered,
  surroundings: Omit<Surroundings, 'executor'>,
): Promise<BatchEntry> {
  const started = performance.now()
  const prepared = await prepareScenario(written.text, watchedRun(plan, options, surroundings), givenFiles(written.files))
  const { identity } = identityHere(planned(prepared))
  const keyOf = (index: number, count: number): ShardKey => ({ identity, shard: { index, count } })
  const gather: Platform['gather'] = async (course) => {
    if (!('length' in shards)) {
      const { task, digest, reach } = shards
      return addShardFrom(await resultOf(await threadRedis(reach), task, digest), course, keyOf(1, 1))
    }
    // One shard at a time, so that memory holds only one.
    for (const [k, { task, file }] of shards.entries())
      await readFrom(file, (source) => addShardFrom(source, course, keyOf(k + 1, shards.length)), `the result of task ${task}`)
    return undefined
  }
  return writeScenario(plan, options, prepared, inlineExecutor, surroundings, started, gather)
}
