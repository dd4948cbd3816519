// Runs a task of a queue in this thread: checks it, runs it and writes its result to Redis.
import { inlineExecutor } from '../../../run/executor.ts'
import { giveBack } from '../../../run/storage.ts'
import { UsageError } from '../../../errors.ts'
import { givenFiles } from '../../../api/given.ts'
import { type Prepared, planned, prepareScenario, runShard } from '../../../api/run.ts'
import { identityDifferences, identityHere } from '../identity.ts'
import { hostMemory } from '../memory.ts'
import { putResult } from '../../queue/results.ts'
import { checkId, checkShares, readTask, type TaskData, taskOptions } from '../../queue/task.ts'
import { threadRedis } from '../../queue/connection.ts'
import { wordsOf } from '../scenario-run.ts'
import { shardBytes } from '../shard-file.ts'
import { controlled, type TaskDone, type TaskMessage } from './protocol.ts'

/** The last scenario. Its tasks usually follow each other. */
let last: { readonly identity: string; readonly prepared: Prepared } | undefined

export const runQueueTask = ({ task, id, reach, memory, threads, control }: TaskMessage): Promise<TaskDone> =>
  controlled(control, async (_, signal) => {
    try {
      const data = readTask(task)
      checkId(id, data)
      const prepared = await preparedOf(data)
      checkShares(data, prepared)
      const given = { ...prepared.given, signal, ...(memory !== undefined && { memory: memory / threads }) }
      const shard = await runShard(
        { ...prepared, given },
        data.shard,
        { executor: () => inlineExecutor, ...hostMemory(1 / threads) },
        true,
      )
      const encoded = shardBytes({ identity: data.identity, shard: data.shard }, shard)
      const digest = await putResult(await threadRedis(reach), id, encoded, reach.wait, signal)
      giveBack(shard.memory)
      return { digest, bytes: encoded.size }
    } catch (error) {
      return { failure: wordsOf(error) }
    }
  })

/** @throws UsageError if the scenario gives another identity here, for example because the worker's program was changed */
async function preparedOf(data: TaskData): Promise<Prepared> {
  const { identity, part, text, files } = data
  if (last?.identity === identity) return last.prepared
  const prepared = await prepareScenario(text, taskOptions(data), givenFiles(files))
  const own = identityHere(planned(prepared))
  if (own.identity !== identity) {
    const names = identityDifferences({ part, scenarioHash: own.scenarioHash }, own)
    throw new UsageError(
      `the task does not match its scenario on this worker (${names.join(', ') || 'the scenario'} differs). Check that all machines run the same program`,
    )
  }
  last = { identity, prepared }
  return prepared
}
