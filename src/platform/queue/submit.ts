// Lets the workers of a queue sample one scenario, and merges their results here.
import { statesRule } from '../../contract/offer.ts'
import { UsageError } from '../../errors.ts'
import { orStopped } from '../../run/schedule.ts'
import { SimulationResult } from '../../api/result.ts'
import { type Finished, type Prepared, prepareScenario, runPrepared } from '../../api/run.ts'
import type { SimulateOptions } from '../../options/simulate.ts'
import { hostMemory } from '../node/memory.ts'
import { home, readerOf } from '../node/index.ts'
import { addShardFrom } from '../node/shard-file.ts'
import { threadExecutor } from '../node/threads/executor.ts'
import type { FilePlace } from '../../options/shared.ts'
import type { Address } from './address.ts'
import { allOf, type Dispatcher, openDispatcher, taken } from './dispatcher.ts'
import { resultOf } from './results.ts'
import type { QueueLimits } from './room.ts'
import { type QueueTask, tasksOf } from './task.ts'

/** @throws the errors of `simulate`, and Error if Redis does not answer for too long or a task fails three times */
export async function submitScenario(
  scenario: string | object,
  options: Omit<SimulateOptions, 'precision'>,
  place: FilePlace,
  address: Address,
  limits: QueueLimits,
): Promise<SimulationResult> {
  const started = performance.now()
  const [prepared, { arrowTable }] = await Promise.all([
    prepareScenario(scenario, options, readerOf(place)),
    import('../../present/tables/arrow.ts'),
  ])
  if (statesRule(prepared.scenario))
    throw new UsageError(
      'submit: expected charges that the plan describes, since a charge by defineCharge is a function of this program, which no worker has. Run the plan with simulate',
    )
  const { tasks } = tasksOf(prepared)
  // A stop does not wait for a Redis that does not answer.
  const finished = await orStopped(
    options.signal,
    shared(address, limits, (dispatcher) => sampled(prepared, tasks, dispatcher)),
  )
  return SimulationResult.of(finished, { table: arrowTable, home, seconds: (performance.now() - started) / 1_000 })
}

function sampled(prepared: Prepared, tasks: readonly QueueTask[], dispatcher: Dispatcher): Promise<Finished> {
  const { signal: stated, onProgress } = prepared.given
  // A lost Redis ends the run.
  const gone = new AbortController()
  dispatcher.lost.catch((error: unknown) => gone.abort(error))
  const given = stated ? AbortSignal.any([stated, gone.signal]) : gone.signal
  return runPrepared(prepared, {
    executor: threadExecutor,
    ...hostMemory(),
    async gather(course) {
      const { trials } = course.job.plan
      let done = 0
      const [derived] = await allOf(dispatcher, tasks, given, async (task, signal) => {
        const digest = await dispatcher.run(task, signal)
        const own = await taken(dispatcher, task, digest, signal, stated, async (reported) =>
          addShardFrom(await resultOf(dispatcher.redis, task.id, reported), course, task.key),
        )
        done += 1
        onProgress?.(Math.floor((done / tasks.length) * trials), trials)
        return own
      })
      return derived
    },
  })
}

/** Scenarios that are submitted at the same time share a connection and its limits. */
const open = new Map<string, { readonly dispatcher: Promise<Dispatcher>; users: number }>()

async function shared<T>(address: Address, limits: QueueLimits, use: (dispatcher: Dispatcher) => Promise<T>): Promise<T> {
  const key = JSON.stringify([address, limits])
  const found = open.get(key) ?? { dispatcher: openDispatcher(address, limits, () => undefined), users: 0 }
  open.set(key, found)
  found.users += 1
  try {
    return await use(await found.dispatcher)
  } finally {
    found.users -= 1
    if (found.users === 0) {
      open.delete(key)
      await found.dispatcher.then(
        (dispatcher) => dispatcher.close(),
        () => undefined,
      )
    }
  }
}
