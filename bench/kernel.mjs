// How long does one kernel operation take an element, and how close is that to moving its bytes?
import { Bench } from 'tinybench'
import { Arena, BLOCK } from '../.cache/modules/numerics/kernel/arena.js'
import { round } from './scenario.mjs'

const ELEMENTS = 64 * BLOCK

export async function kernel() {
  const arena = new Arena()
  const { ops } = arena.kernel
  const column = () => arena.column()
  const [u, z, x, v, out] = [column(), column(), column(), column(), column()]
  ops.fillRandom(u, BLOCK, 1, 2, 3, 4, 0, 0, 0)
  ops.normals(u, z, BLOCK)
  ops.affine(z, x, BLOCK, 0, 18)
  ops.growths(x, v, BLOCK, 50_000)
  const calls = {
    'random numbers': () => ops.fillRandom(out, BLOCK, 1, 2, 3, 4, 0, 0, 0),
    'latin hypercube': () => ops.fillLatin(out, BLOCK, 0, 14, 1, 2, 3, 4, 0),
    'normal quantile': () => ops.normals(u, out, BLOCK),
    'quantile and AR step': () => ops.step(u, x, out, BLOCK, 0.5, 0.1),
    'volume (exp)': () => ops.growths(x, out, BLOCK, 50_000),
    'resolved (exp, division)': () => ops.resolved(x, v, out, BLOCK, 0.7, 1),
    hinge: () => ops.excess(v, out, BLOCK, 50_000),
    packages: () => ops.packages(v, out, BLOCK, 0, 100),
    'multiply and add': () => ops.addScaled(v, out, BLOCK, 0.99),
    sum: () => ops.sum(v, BLOCK),
    moments: () => ops.moments(v, BLOCK, out),
    'differences of a pair': () => ops.differences(v, u, BLOCK, out),
    'move bytes (the limit of a pass)': () => ops.affine(v, out, BLOCK, 0, 1),
  }
  const bench = new Bench({ time: 120, warmupTime: 60 })
  for (const [name, call] of Object.entries(calls)) {
    bench.add(name, () => {
      for (let k = 0; k < ELEMENTS / BLOCK; k++) call()
    })
  }
  await bench.run()
  const cost = (task) => (task.result.latency.p50 * 1e6) / ELEMENTS
  const limit = cost(bench.tasks[bench.tasks.length - 1])
  return bench.tasks.map((task) => ({
    operation: task.name,
    'ns an element': round(cost(task)),
    'times a pass': round(cost(task) / limit, 2),
  }))
}
