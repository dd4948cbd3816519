// A program that test/slow/bundles.test.ts bundles: it prints the figures of runs, the threads that each started, and its warnings.
// Arguments: the runs to do.
import { createHash } from 'node:crypto'
import { scenarioJsonSchema, sensitivity, simulate } from 'billcast'

const plan = `
conversations: { base: 45k to 60k, noise: { cv: 8%, autocorrelation: 0.5 } }
resolution: { rate: 60% to 70%, improvement: 1pt/month }
human: { cost: $6.00 }
offers:
  fin: { charges: [{ meter: resolutions, price: $0.99 }] }
  zendesk: { charges: [{ meter: resolutions, commitment: 30k/month, price: $1.50, overage: $2.00 }] }
`
const runs = {
  small: { trials: 1_000 },
  large: { trials: 1_000_000, monthly: false },
  alone: { trials: 1_000_000, monthly: false, threads: 1 },
}
const hash = (text) => createHash('sha256').update(text).digest('hex')

let threads = 0
process.on('worker', () => {
  threads += 1
})

async function main() {
  const found = {}
  for (const name of process.argv.slice(2)) {
    threads = 0
    const { summary, warnings } = await simulate(plan, { ...runs[name], keepTrials: false })
    found[name] = { figures: hash(JSON.stringify(summary)), threads, warnings }
  }
  const result = await simulate(plan, { trials: 1_000 })
  const chart = result.chart('s-curve', 'fin')
  found.chart = hash(await chart.toSVG())
  found.question = hash(JSON.stringify(await sensitivity(plan, { offer: 'fin', trials: 32_768 })))
  found.page = hash(result.toHTML())
  found.schema = hash(JSON.stringify(scenarioJsonSchema()))
  console.log(JSON.stringify(found))
}

void main()
