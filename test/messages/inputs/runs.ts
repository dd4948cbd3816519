import { planned as plannedOf, prepareScenario, runScenario } from '../../../src/api/run.ts'
import { simulate } from '../../../src/api/index.ts'
import { rangesIn, Tally } from '../../../src/run/tally.ts'
import type { CheckpointStore, Spooled } from '../../../src/run/checkpoint.ts'
import { decodeParts, encodeParts } from '../../../src/run/encoding.ts'
import { inlineExecutor, type CreateExecutor } from '../../../src/run/executor.ts'
import { columnOf, differenceOf, monthOf } from '../../../src/run/kept.ts'
import { differenceFigures, monthFigures } from '../../../src/run/derived.ts'
import type { Schedule } from '../../../src/run/schedule.ts'
import { taskRunner } from '../../../src/run/task.ts'
import { good } from '../../scenario/slips.ts'
import { calls, cases, type Subject } from '../input.ts'
import { reader } from '../plans.ts'

const plan = { ...good, months: 3, conversations: { base: '45k to 60k' } }
const { program } = await prepareScenario(plan, { trials: 64 }, reader({}))
const layout = { series: 1, sums: 0 } as never
const empty = encodeParts(layout, [])
const node = { level: 1, index: 0 }
const bytes = (...list: number[]) => Uint8Array.from(list)

const run = (executor: CreateExecutor, checkpoints?: CheckpointStore) =>
  runScenario(
    plan,
    { trials: 64 },
    {
      executor: () => executor,
      reader: reader({}),
      ...(checkpoints && { checkpoints: () => Promise.resolve(checkpoints) }),
    },
  )
const broken =
  (answer: () => Promise<unknown>): CreateExecutor =>
  () =>
    Promise.resolve({ width: 1, run: answer as never, close: () => Promise.resolve() })

/** A checkpoint that holds such columns and such a tally. */
const stored = (spooled: readonly Spooled[], tally: Uint8Array): CheckpointStore => ({
  every: 1_000,
  load: () => Promise.resolve({ spooled, tally }),
  save: () => Promise.resolve(),
  spool: () => Promise.resolve(''),
  fill: () => Promise.resolve('other'),
  abandon: () => undefined,
  failed: () => undefined,
})
/** Tasks that all have one result. */
const answering =
  (result: object): Schedule =>
  (tasks, read) =>
    Promise.resolve(tasks.map((task) => read(result as never, task)))

/** Volumes that grow tenfold a month. */
const huge = {
  months: 60,
  conversations: { base: 1e12, growth: '900%/month', noise: { cv: '10%' } },
  offers: { dear: { charges: [{ meter: 'conversations', price: 1e12 }] } },
} as never

export const subjects: Subject[] = [
  {
    folder: 'run',
    inputs: [
      ...calls(
        () => simulate(huge, { trials: 64 }),
        () => simulate(good as never, { trials: 2 ** 33, keepTrials: true, memory: 2 ** 50 }),
      ),
      ...cases({
        'a task that fails three times': () => run(broken(() => Promise.reject(new Error('the thread has died')))),
        'a thread that gives another result than it was asked for': () => run(broken(() => Promise.resolve({}))),
        'a run that is stopped before its task': () => {
          const control = new SharedArrayBuffer(8)
          Atomics.store(new Int32Array(control), 1, 1)
          return taskRunner({ program, control, seed: 'x', plan: { method: 'sobol' } } as never)({ kind: 'pilot' })
        },
        'a run that is stopped between two blocks': async () => {
          const control = new SharedArrayBuffer(8)
          const { plan: sampled } = plannedOf(await prepareScenario(plan, { trials: 64 }, reader({})))
          const task = {
            kind: 'blocks' as const,
            get ranges() {
              Atomics.store(new Int32Array(control), 1, 1)
              return [{ replicate: 0, from: 0, to: 1 }]
            },
          }
          return taskRunner({ program, control, seed: 'x', plan: sampled } as never)(task)
        },
        'a checkpoint with blocks of another run': () =>
          run(inlineExecutor, stored([{ ranges: [{ replicate: 0, from: 5, to: 9 }], sha256: 'x' }], empty)),
        'a checkpoint with other trials': () =>
          run(inlineExecutor, stored([{ ranges: [{ replicate: 0, from: 0, to: 1 }], sha256: 'x' }], empty)),
        'a checkpoint that ends early': () => run(inlineExecutor, stored([], bytes())),
      }),
      ...calls(
        () => decodeParts(layout, bytes(255, 255, 255, 255, 255, 255, 255, 255)),
        () => decodeParts(layout, bytes(0)),
        () => decodeParts(layout, bytes(empty[0], 99)),
        () => decodeParts(layout, Uint8Array.from([...empty, 0])),
        () => rangesIn({ replicate: 0, nodes: [{ level: 60, index: 1 }], histograms: [] } as never),
        () => rangesIn({ replicate: 0, nodes: [node, node], histograms: [] } as never),
        () => columnOf({}, 0),
        () => monthOf({}, 0, 0),
        () => differenceOf({}, program, 0, 0),
        () => monthFigures(answering({}), program),
        () => differenceFigures(answering({}), { pairs: [{ a: 0, b: 1, series: 0 }] } as never, new Float64Array(99)),
        () => new Tally({ replicates: 1, points: 64, trials: 64, blockSize: 64, blocksPerReplicate: 1 } as never, layout).read(),
      ),
    ],
  },
]
