// A run that is stopped anywhere and taken up again ends with the bits of one that was never stopped.
import type { SimulateOptions } from '../../src/options/simulate.ts'
import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import type { CheckpointStore, SavedRun } from '../../src/run/checkpoint.ts'
import { decodeParts, encodeParts } from '../../src/run/encoding.ts'
import { type CreateExecutor, inlineExecutor } from '../../src/run/executor.ts'
import type { Segment } from '../../src/run/storage.ts'
import { Tally } from '../../src/run/tally.ts'
import { prepareScenario, runScenario, runShard } from '../../src/api/run.ts'
import { shardBytes } from '../../src/platform/node/shard-file.ts'
import { planOf } from '../../src/numerics/random/plan.ts'
import { slotsOf } from '../../src/numerics/estimators/layout.ts'
import { killedAfter } from './killed-after.ts'

const scenario = {
  months: 3,
  conversations: { base: '900 to 1100', noise: { cv: '10%' } },
  resolution: { rate: '60% to 70%' },
  human: { cost: 4 },
  offers: {
    unit: { charges: [{ meter: 'resolutions', price: 1 }] },
    committed: { charges: [{ meter: 'resolutions', commitment: '600/month', price: 0.9, overage: 1.4 }] },
    quoted: { charges: [{ meter: 'conversations', price: 'uniform(0.5, 0.9)' }] },
  },
}
const reader = { read: () => Promise.reject(new Error('no file')) }

/** A disk in memory that outlives a run. */
class Memory {
  state: SavedRun | undefined
  readonly image = new Uint8Array(1 << 23)
  failures: unknown[] = []

  store(every = 1): CheckpointStore {
    const hashed = (segments: readonly Segment[], use: (segment: Segment) => void) => {
      const hash = createHash('sha256')
      for (const segment of segments) {
        use(segment)
        hash.update(segment.bytes)
      }
      return Promise.resolve(hash.digest('hex'))
    }
    return {
      every,
      load: () => Promise.resolve(this.state),
      save: (state) => {
        this.state = { spooled: structuredClone(state.spooled), tally: state.tally.slice() }
        return Promise.resolve()
      },
      spool: (segments) => hashed(segments, ({ at, bytes }) => this.image.set(bytes, at)),
      fill: (segments) => hashed(segments, ({ at, bytes }) => bytes.set(this.image.subarray(at, at + bytes.byteLength))),
      abandon: () => undefined,
      failed: (error) => this.failures.push(error),
    }
  }
}

/** Runs the scenario. `bits` is of all columns, months included, before another run uses their memory: compared number by number they would take seconds. */
async function run(executor: CreateExecutor, options: SimulateOptions, memory?: Memory) {
  let months: readonly ArrayBufferLike[] = []
  const watched: CreateExecutor = (job) => {
    months = job.monthly?.columns ?? []
    return executor(job)
  }
  const finished = await runScenario(
    scenario,
    { preintegration: false, ...options },
    {
      executor: () => watched,
      reader,
      ...(memory && { checkpoints: () => Promise.resolve(memory.store()) }),
    },
  )
  const hash = createHash('sha256')
  for (const column of [...(finished.outcome.trials ?? []), ...months.map((month) => new Float64Array(month))]) hash.update(column)
  return { ...finished, bits: hash.digest('hex') }
}

it.each([
  ['sobol, trials kept', { trials: 40_000 }],
  ['sobol, histograms', { trials: 40_000, keepTrials: false }],
  ['latin', { trials: 40_000, method: 'latin' }],
  ['random', { trials: 40_000, method: 'random' }],
  ['random, histograms', { trials: 40_000, method: 'random', keepTrials: false }],
] as const)('a run that is killed three times finishes with the same bits: %s', async (_, options) => {
  const whole = await run(inlineExecutor, options)
  expect(whole.summary.monthlyTrials).toBeGreaterThan(0)
  const memory = new Memory()
  for (const tasks of [3, 2, 2]) {
    await expect(run(killedAfter(tasks), options, memory)).rejects.toThrow('killed')
  }
  expect(memory.state).toBeDefined()
  const done = { blocks: 0 }
  const resumed = await run(killedAfter(1_000, done), options, memory)
  expect(memory.failures).toEqual([])
  // It did not begin again.
  expect(done.blocks).toBeLessThan(40)
  expect(resumed.summary).toEqual(whole.summary)
  expect(resumed.bits).toBe(whole.bits)
})

it('a run does not resume from kept trials that have changed', async () => {
  const memory = new Memory()
  await expect(run(killedAfter(4), { trials: 40_000 }, memory)).rejects.toThrow('killed')
  memory.image[1_000] ^= 1
  await expect(run(inlineExecutor, { trials: 40_000 }, memory)).rejects.toThrow(
    'the checkpoint is damaged (the kept trials have changed)',
  )
})

it('a state that cannot be saved does not end the run', async () => {
  const memory = new Memory()
  const store: CheckpointStore = { ...memory.store(), save: () => Promise.reject(new Error('no space')) }
  const options = { trials: 40_000 }
  const [faulty, sound] = await Promise.all([
    runScenario(
      scenario,
      { ...options, preintegration: false },
      {
        executor: () => killedAfter(1_000),
        reader,
        checkpoints: () => Promise.resolve(store),
      },
    ),
    run(inlineExecutor, options),
  ])
  expect(memory.failures).toHaveLength(1)
  expect(faulty.summary).toEqual(sound.summary)
})

it('an encoded tally keeps counts beyond 2^32, and incomplete bytes are refused', () => {
  const layout = { series: 1, sums: 2 }
  const plan = planOf(1, 4_096)
  const part = (count: number) => ({
    replicate: 0,
    nodes: [{ level: 0, index: 0, state: Float64Array.from({ length: slotsOf(layout) }, (_, k) => k / 7) }],
    histograms: [{ origin: 5, bits: 10, floor: 0, zeros: count, bins: Float64Array.of(1_047_000, count, 1_047_003, 1) }],
  })
  const tally = new Tally(plan, layout)
  tally.add(part(4_294_967_295))
  tally.add({ ...part(4_294_967_295), nodes: [] })
  const bytes = encodeParts(layout, tally.parts())
  const [read] = decodeParts(layout, bytes)
  expect(read.histograms[0]).toEqual({
    origin: 5,
    bits: 10,
    floor: 0,
    zeros: 8_589_934_590,
    bins: Float64Array.of(1_047_000, 8_589_934_590, 1_047_003, 2),
  })
  expect(read.nodes).toEqual(part(1).nodes)
  for (let end = 0; end < bytes.length; end++) expect(() => decodeParts(layout, bytes.subarray(0, end))).toThrow()
  expect(() => decodeParts(layout, Uint8Array.of(...bytes, 0))).toThrow('it has extra bytes')
  expect(() => decodeParts({ series: 2, sums: 2 }, bytes)).toThrow('statistics per node')
})

it('a shard that is killed twice goes on, and has the bits of one that was never stopped', async () => {
  const prepared = await prepareScenario(scenario, { trials: 40_000 }, reader)
  const second = { index: 2, count: 2 }
  const hashOf = async (executor: CreateExecutor, memory?: Memory) => {
    const checkpoints = memory && { checkpoints: () => Promise.resolve(memory.store()) }
    const shard = await runShard(prepared, second, { executor: () => executor, ...checkpoints })
    const hash = createHash('sha256')
    for (const piece of shardBytes({ identity: 'x', shard: second }, shard).pieces()) hash.update(piece)
    return hash.digest('hex')
  }
  const all = { blocks: 0 }
  const unbroken = await hashOf(killedAfter(1_000, all))
  const memory = new Memory()
  for (const tasks of [3, 2]) await expect(hashOf(killedAfter(tasks), memory)).rejects.toThrow('killed')
  expect(memory.state).toBeDefined()
  const done = { blocks: 0 }
  expect(await hashOf(killedAfter(1_000, done), memory)).toBe(unbroken)
  expect(memory.failures).toEqual([])
  expect(done.blocks).toBeLessThan(all.blocks)
  // A shard whose blocks are all saved needs no executor.
  expect(await hashOf(killedAfter(0), memory)).toBe(unbroken)
})
