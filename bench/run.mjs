// npm run bench: nanoseconds per trial-month of the engine against an idiomatic JavaScript simulator, in one run.
import { simulate } from 'billcast'
import { Bench } from 'tinybench'

const MONTHS = 12
const TRIALS = 65_536
const scenario = {
  conversations: { base: '50k', growth: '1%/month', noise: { cv: '10.02505216%', autocorrelation: 0.5 } },
  resolution: { rate: '65%', improvement: '1pt/month', ceiling: '85%', noise: { sd: '1.82pt', autocorrelation: 0.7 } },
  offers: {
    resolution: { charges: [{ meter: 'resolutions', price: '$0.99' }] },
    conversation: { charges: [{ meter: 'conversations', price: '$0.80' }] },
    commitment: { charges: [{ meter: 'resolutions', commitment: '30k/month', price: '$1.50', overage: '$2.00' }] },
  },
}

const normal = () => Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random())

/** What one would write first: objects, Math.random, Box and Muller. */
function plain() {
  const futures = []
  for (let t = 0; t < TRIALS; t++) {
    const cost = { resolution: 0, conversation: 0, commitment: 0 }
    let [x, y] = [0, 0]
    for (let m = 0; m < MONTHS; m++) {
      x = m === 0 ? 0.1 * normal() : 0.5 * x + 0.1 * Math.sqrt(0.75) * normal()
      y = m === 0 ? 0.08 * normal() : 0.7 * y + 0.08 * Math.sqrt(0.51) * normal()
      const volume = 50_000 * 1.01 ** m * Math.exp(x - 0.005)
      const trend = Math.min(0.85, 0.65 + 0.01 * m)
      const resolved = volume / (1 + ((1 - trend) / trend) * Math.exp(-y))
      cost.resolution += 0.99 * resolved
      cost.conversation += 0.8 * volume
      cost.commitment += 45_000 + 2 * Math.max(0, resolved - 30_000)
    }
    futures.push(cost)
  }
  for (const offer of ['resolution', 'conversation', 'commitment']) futures.map((cost) => cost[offer]).sort((a, b) => a - b)
}

const bench = new Bench({ time: 2_000, warmup: true })
bench.add('billcast, random, one thread', () => simulate(scenario, { trials: TRIALS, method: 'random', threads: 1 }))
bench.add('billcast, sobol, one thread', () => simulate(scenario, { trials: TRIALS, threads: 1 }))
bench.add('plain JavaScript', plain)
await bench.run()
const median = (task) => task.result.latency.p50
const peer = median(bench.tasks.find(({ name }) => name === 'plain JavaScript'))
console.table(
  bench.tasks.map((task) => ({
    what: task.name,
    'ns a trial-month, start-up included': Number(((median(task) * 1e6) / (TRIALS * MONTHS)).toFixed(1)),
    'times plain JavaScript': Number((peer / median(task)).toFixed(2)),
  })),
)
