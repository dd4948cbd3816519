// The same simulation in other programs: idiomatic JavaScript always, and NumPy, C++ and Squiggle if they are installed.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import seedrandom from 'seedrandom'
import { quantileSorted } from 'simple-statistics'
import { MONTHS, median } from './scenario.mjs'

const TRIALS = 20_000
const here = (name) => new URL(`peers/${name}`, import.meta.url).pathname

/** A first draft in JavaScript: one object a trial, Box and Muller. */
function plain(random) {
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const trials = []
  for (let t = 0; t < TRIALS; t++) {
    const cost = { resolution: 0, conversation: 0, commitment: 0, dear: 0, seats: 0, quoted: 0 }
    const price = 1 + 2.5 * random()
    let [x, y] = [0, 0]
    for (let m = 0; m < MONTHS; m++) {
      x = m === 0 ? 0.1 * normal() : 0.5 * x + 0.1 * Math.sqrt(0.75) * normal()
      y = m === 0 ? 0.08 * normal() : 0.7 * y + 0.08 * Math.sqrt(0.51) * normal()
      const volume = 50_000 * 1.01 ** m * Math.exp(0.1 * Math.sin(m * 0.5236)) * Math.exp(x - 0.005)
      const trend = Math.min(0.85, 0.65 + 0.01 * m)
      const resolved = volume / (1 + ((1 - trend) / trend) * Math.exp(-y))
      cost.resolution += 0.99 * resolved
      cost.conversation += 0.8 * volume
      cost.commitment += 45_000 + 2 * Math.max(0, resolved - 30_000)
      cost.dear += 2 * volume
      cost.seats += 4_600 + 0.6 * resolved
      cost.quoted += price * volume
    }
    cost.quoted = Math.max(cost.quoted, 30_000)
    trials.push(cost)
  }
  return trials
}

function timed(call, times = 5) {
  call()
  const found = []
  for (let k = 0; k < times; k++) {
    const began = performance.now()
    call()
    found.push(((performance.now() - began) * 1e6) / TRIALS / MONTHS)
  }
  return median(found)
}

/** The JSON that a peer prints, or nothing if it cannot run. */
function outside(command, args) {
  try {
    return JSON.parse(execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 120_000 }))
  } catch {
    return undefined
  }
}

export const numpy = (trials = 500_000) => outside('python3', [here('numpy.py'), String(trials)])

function compiled() {
  const folder = mkdtempSync(join(tmpdir(), 'billcast-bench-'))
  try {
    const rows = []
    for (const [name, width] of [
      ['C++, vectors of 128 bits', '128'],
      ['C++, vectors of this machine', '512'],
    ]) {
      const file = join(folder, `limit-${width}`)
      const flags = ['-O3', '-march=native', '-ffast-math', `-mprefer-vector-width=${width}`, '-o', file, here('limit.cpp')]
      execFileSync('g++', flags, { stdio: 'ignore' })
      const found = [1, 2, 3].flatMap(() => outside(file, ['500000']) ?? [])
      if (found.length > 0) rows.push({ name, nanoseconds: median(found.map(({ nanoseconds }) => nanoseconds)) })
    }
    return rows
  } catch {
    return []
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export async function peers() {
  const found = [1, 2, 3].flatMap(() => numpy() ?? [])
  const squiggle = outside(process.execPath, [here('squiggle.mjs')])
  return [
    ...(found.length > 0
      ? [
          {
            name: `NumPy ${found[0].numpy}, SFC64, chunks of 16,384`,
            nanoseconds: median(found.map(({ nanoseconds }) => nanoseconds)),
          },
        ]
      : []),
    ...compiled(),
    { name: 'JavaScript, Math.random, an object a trial', nanoseconds: timed(() => plain(Math.random)) },
    {
      name: 'JavaScript, seedrandom and simple-statistics',
      nanoseconds: timed(() => {
        const trials = plain(seedrandom('bench'))
        for (const offer of Object.keys(trials[0])) {
          const sorted = trials.map((cost) => cost[offer]).sort((a, b) => a - b)
          for (const p of [0.5, 0.8, 0.9, 0.95]) quantileSorted(sorted, p)
        }
      }),
    },
    ...(squiggle ? [{ name: 'Squiggle', nanoseconds: squiggle.nanoseconds }] : []),
  ]
}
