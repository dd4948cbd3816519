// How much longer does plain Monte Carlo take to reach the same standard errors? For each figure: (variance · time) of NumPy's plain trials
// divided by that of billcast, both on one thread. CPU time counts, since other work on the machine does not lengthen it.
import process from 'node:process'
import { readFileSync } from 'node:fs'
import { simulate } from 'billcast'
import { pilotSampling } from '../.cache/modules/preintegration/pilot.js'
import { drawsBesideLines } from '../.cache/modules/preintegration/sampling.js'
import { blocksOfLines } from '../.cache/modules/preintegration/points.js'
import { LineBlocks } from '../.cache/modules/preintegration/preintegration.js'
import { Arena } from '../.cache/modules/numerics/kernel/arena.js'
import { headlineOf } from '../.cache/modules/summary/headline.js'
import { modelOf } from '../.cache/modules/simulation/model.js'
import { numpy } from './peers.mjs'
import { compiled, exampleFolder, MONTHS, median, referenceText, round } from './scenario.mjs'

const PLAIN = 1_000_000
/** The time of NumPy's plain trials on machines without NumPy: the factor from the table of peers. */
const USUAL = 40

async function ratios(text, nanoseconds) {
  const program = await compiled(text)
  const options = { method: 'random', preintegration: false, threads: 1, folder: exampleFolder }
  const { summary: plain } = await simulate(text, { ...options, trials: PLAIN })
  const names = program.offers.map(({ name }) => name)
  const rows = []
  for (const trials of [1_048_576, 4_194_304]) {
    const sampling = pilotSampling(new Arena(), modelOf(program), trials, 'bench')
    const lines = new LineBlocks(new Arena(), modelOf(program), sampling, 'bench')
    const blocks = blocksOfLines(sampling.outer)
    lines.run(blocks[0])
    const began = process.cpuUsage()
    const parts = blocks.flatMap((block) => lines.run(block))
    const { user, system } = process.cpuUsage(began)
    const spent = 1e3 * (user + system)
    const { replicates, blocksPerReplicate } = sampling.outer
    const sums = Array.from({ length: replicates }, (_, r) =>
      parts
        .slice(r * blocksPerReplicate, (r + 1) * blocksPerReplicate)
        .reduce((a, b) => a.map((sum, k) => sum.map((x, slot) => x + b[k][slot]))),
    )
    const costs = names.map((name) => ({ sd: plain.offers[name].bill.sd.value, max: plain.offers[name].bill.max }))
    const headline = headlineOf({ sampling, sums }, costs, drawsBesideLines(program))
    const time = PLAIN * MONTHS * nanoseconds
    const gains = []
    const gain = (what, sharp, crude) => {
      if (sharp && crude.se > 0) gains.push({ what, gain: (crude.se * crude.se * time) / (sharp.se * sharp.se * spent) })
    }
    names.forEach((name, k) => {
      for (const p of ['p50', 'p90', 'p95'])
        gain(`${p} of ${name}`, headline.percentile(k, p), plain.offers[name].bill.percentiles[p])
    })
    names.forEach((a, i) => {
      names.forEach((b, j) => {
        const crude = plain.comparison.cheaper[a][b]
        if (i < j && crude.value > 0.01 && crude.value < 0.99) gain(`P(${a} < ${b})`, headline.cheaper(i, j)?.estimate, crude)
      })
    })
    gains.sort((a, b) => a.gain - b.gain)
    rows.push({
      points: sampling.outer.trials,
      'CPU ms': round(spent / 1e6),
      'median gain': round(median(gains.map((entry) => entry.gain)), 2),
      'least gain': round(gains[0].gain, 2),
      of: gains[0].what,
      'most gain': round(gains[gains.length - 1].gain, 2),
    })
  }
  return rows
}

/** Means: variance of plain trials divided by that of the same number of scrambled points. */
async function means() {
  const [plain, net] = await Promise.all(
    ['random', 'sobol'].map((method) => simulate(referenceText, { method, trials: 65_536, preintegration: false, threads: 1 })),
  )
  const gains = Object.keys(plain.summary.offers).map((name) => {
    const [a, b] = [plain, net].map(({ summary }) => summary.offers[name].bill.mean.se)
    return (a * a) / (b * b)
  })
  return [{ 'median gain': round(median(gains), 2), 'least gain': round(Math.min(...gains), 2) }]
}

export async function accuracy() {
  const nanoseconds = numpy()?.cpuNanoseconds ?? USUAL
  const example = readFileSync(`${exampleFolder}annual-budget.yaml`, 'utf8')
  return {
    'time for equal standard errors, reference scenario: NumPy over billcast': await ratios(referenceText, nanoseconds),
    'the same, examples/annual-budget.yaml': await ratios(example, nanoseconds),
    'variance of means at 65,536 trials: plain over scrambled': await means(),
  }
}
