// How long does a variant of a sweep take, compared with a separate run?
import { readFileSync } from 'node:fs'
import { simulate, sweep } from '../dist/api/index.js'
import { round } from './scenario.mjs'

const VARIANTS = 200

export async function sweeps() {
  const reference = readFileSync('bench/reference.yaml', 'utf8')
  const trials = 65_536
  const timed = async (work) => {
    const before = performance.now()
    await work()
    return performance.now() - before
  }
  const run = { trials, threads: 1, preintegration: false }
  await simulate(reference, run)
  const one = await timed(() => simulate(reference, run))
  const numbers = (low, high) => Array.from({ length: VARIANTS }, (_, k) => low + ((high - low) * k) / (VARIANTS - 1))
  const rows = [{ what: 'a run on one thread, not integrated', 'ms a variant': round(one), 'share of it': 1 }]
  for (const [path, low, high] of [
    ['resolution.rate', 0.5, 0.8],
    ['conversations.noise.cv', 0.05, 0.2],
    ['offers.resolution.price', 0.5, 1.2],
    ['offers.commitment.commitment', 20_000, 40_000],
  ]) {
    const each = (await timed(() => sweep(reference, { [path]: numbers(low, high) }, { trials }))) / VARIANTS
    rows.push({ what: `${VARIANTS} variants of ${path}`, 'ms a variant': round(each), 'share of it': round(each / one) })
  }
  return rows
}
