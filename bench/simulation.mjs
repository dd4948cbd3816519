// How long does a trial-month of the reference scenario take on one and two threads, compared with its peers in the same run?
import { simulate } from 'billcast'
import { Arena, BLOCK } from '../.cache/modules/numerics/kernel/arena.js'
import { planTrials } from '../.cache/modules/numerics/random/plan.js'
import { createSource } from '../.cache/modules/numerics/random/source.js'
import { BlockWork, keptColumns } from '../.cache/modules/simulation/block.js'
import { modelOf } from '../.cache/modules/simulation/model.js'
import { record } from '../.cache/modules/simulation/tape.js'
import { peers } from './peers.mjs'
import { compiled, MONTHS, median, referenceText, round } from './scenario.mjs'

const BLOCKS = 200
const ROUNDS = 15

/** Nanoseconds per trial-month of blocks, without other work in between. */
function blocksOf(run) {
  const found = []
  for (let round = 0; round < ROUNDS; round++) {
    const began = performance.now()
    for (let block = 0; block < BLOCKS; block++) run(block)
    found.push(((performance.now() - began) * 1e6) / BLOCKS / BLOCK / MONTHS)
  }
  return median(found)
}

/** From draws to annual costs and the cheapest offer. */
function costsOnly(program, method) {
  const model = modelOf(program)
  const arena = new Arena()
  const plan = planTrials(1_000_000, method)
  const source = createSource(arena, plan, 'bench', program.dimensions)
  let at = 0
  const sinks = [...model.costs, model.least].map((node) => ({ nodes: [node], take() {} }))
  const uniforms = (dimension, out, count) => source.fill(dimension, 0, at, out, count)
  const tape = record(model.graph, sinks, arena, { uniforms })
  return (block) => {
    at = block % 16
    tape.run(BLOCK)
  }
}

/** With all statistics and kept trials. */
function everything(program, method) {
  const plan = planTrials(1_000_000, method)
  const trials = keptColumns(program).map(() => new Float64Array(plan.trials))
  const work = new BlockWork(new Arena(), modelOf(program), plan, 'bench', { trials })
  return (block) => work.run(0, block % Math.min(16, plan.blocksPerReplicate))
}

export async function simulation() {
  const program = await compiled()
  const rows = []
  const others = await peers()
  const numpy = others.find(({ name }) => name.startsWith('NumPy'))?.nanoseconds
  const add = (what, nanoseconds) =>
    rows.push({
      what,
      'ns a trial-month': round(nanoseconds),
      ...(numpy && { 'NumPy, times slower': round(numpy / nanoseconds, 2) }),
    })
  for (const method of ['random', 'sobol', 'latin']) {
    add(`billcast, ${method}: draws to annual costs and the cheapest`, blocksOf(costsOnly(program, method)))
    add(`billcast, ${method}: with all statistics`, blocksOf(everything(program, method)))
  }
  for (const { name, nanoseconds } of others) add(name, nanoseconds)
  return rows
}

/** Wall-clock time of whole runs in this process, including the start of workers each time. */
export async function threads() {
  const rows = []
  for (const count of [1, 2]) {
    const found = []
    for (let k = 0; k < 4; k++) {
      const began = performance.now()
      await simulate(referenceText, { trials: 4_000_000, method: 'random', keepTrials: false, threads: count })
      found.push((performance.now() - began) / 1000)
    }
    rows.push({ threads: count, seconds: round(median(found)) })
  }
  return rows.map((row) => ({ ...row, 'times one thread': round(rows[0].seconds / row.seconds) }))
}
