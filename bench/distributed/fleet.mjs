// How large a fleet can one coordinator and one Redis keep busy? Measures two workers here, checks that the simulation agrees, and then simulates
// more workers. Needs redis-server.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { givenFiles } from '../../.cache/modules/api/given.js'
import { prepareScenario } from '../../.cache/modules/api/run.js'
import { tasksOf } from '../../.cache/modules/platform/queue/task.js'
import { begin, median, withRedis, workersOn } from '../processes.mjs'
import { withPlans } from '../queue.mjs'
import { fleet } from './simulate.mjs'

const PORT = 7_398
const PIECE = 1 << 20
const reference = readFileSync(new URL('../reference.yaml', import.meta.url), 'utf8')
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length
const round = (value, digits = 3) => Number(value.toPrecision(digits))

/** Seconds that Redis takes to write and to read a result of the given bytes, in pieces. */
async function redisSeconds(bytes) {
  const redis = new Redis(PORT)
  const piece = Buffer.alloc(Math.min(PIECE, bytes), 1)
  const timed = async (one) => {
    const started = performance.now()
    for (let at = 0; at < bytes; at += piece.length) await one(at)
    return (performance.now() - started) / 1000
  }
  const [writes, reads] = [[], []]
  for (let k = 0; k < 7; k++) {
    await redis.setrange('probe', bytes - 1, '0')
    writes.push(await timed((at) => redis.setrange('probe', at, piece)))
    reads.push(await timed((at) => redis.getrangeBuffer('probe', at, at + piece.length - 1)))
    await redis.del('probe')
  }
  redis.disconnect()
  return { write: median(writes), read: median(reads) }
}

/** Seconds that the coordinator takes before it sends a task. */
async function prepareSeconds(trials) {
  const all = []
  for (let k = 0; k < 30; k++) {
    const started = performance.now()
    tasksOf(await prepareScenario(reference, { trials, seed: String(k), keepTrials: false }, givenFiles({})))
    all.push((performance.now() - started) / 1000)
  }
  return median(all)
}

const measured = (address, count, trials, more) =>
  withPlans(count, async (folder) => {
    const workers = await workersOn(address, 2)
    const started = performance.now() / 1000
    const out = join(folder, 'out')
    const args = ['batch', join(folder, '*.yaml'), '--out', out, '--trials', String(trials), '--queue', address, '--log', 'json']
    const batch = begin([...args, '--quiet', '--no-report', '--no-keep-trials', '--threads', '1', ...more])
    await batch.done()
    const tasks = workers.done().flat()
    await workers.stop()
    const merges = batch.events.filter(({ event }) => event === 'done')
    const { scenarios } = JSON.parse(readFileSync(join(out, 'index.json'), 'utf8'))
    const bytes = Math.round(mean(tasks.map((task) => task.bytes)))
    return {
      start: Math.min(...tasks.map(({ at, seconds }) => at - seconds)) - started,
      seconds: Math.max(...merges.map(({ at }) => at)) - started,
      task: tasks.map(({ seconds }) => seconds),
      // The log reports the trials merged in a second.
      merge: merges.map(({ trialsPerSecond }) => scenarios[0].trials / trialsPerSecond),
      bytes,
      ...(await redisSeconds(bytes)),
      prepare: await prepareSeconds(trials),
    }
  })

export const fleets = () =>
  withRedis(PORT, async (address) => {
    const figures = []
    const agreement = []
    const rows = []
    for (const [count, trials, scenarios, months] of [
      [40, 100_000, 40_000, 'kept'],
      [40, 100_000, 100_000, 'means'],
      [10, 3_000_000, 20_000, 'kept'],
      [10, 3_000_000, 20_000, 'means'],
    ]) {
      const own = await measured(address, count, trials, months === 'means' ? ['--no-monthly'] : [])
      const settings = { ...own, mergers: 1, inFlight: 256, restart: 5, hours: Infinity, stall: 0, lost: 12 }
      figures.push({
        trials,
        months,
        's a task': round(mean(own.task)),
        's a merge': round(mean(own.merge)),
        'ms of Redis': round(1000 * (own.write + own.read)),
        'ms to prepare': round(1000 * own.prepare),
        'MB a result': round(own.bytes / 1e6),
      })
      const two = fleet({ ...settings, workers: 2, tasks: count })
      agreement.push({
        trials,
        months,
        scenarios: count,
        'measured, s': round(own.seconds),
        'simulated, s': round(two.seconds),
        ratio: round(two.seconds / own.seconds),
      })
      for (const [workers, mergers, inFlight, hours, stall] of [
        [10, 2, 256, Infinity, 0],
        [100, 2, 256, Infinity, 0],
        [1_000, 2, 256, Infinity, 0],
        [1_000, 16, 4_000, Infinity, 0],
        [1_000, 16, 4_000, 1, 0.001],
      ]) {
        const one = fleet({ ...settings, workers, mergers, inFlight, hours, stall, tasks: scenarios })
        const { seconds, done, ...shares } = one
        rows.push({
          trials,
          months,
          workers,
          mergers,
          'in flight': inFlight,
          ...Object.fromEntries(Object.entries(shares).map(([k, v]) => [k, round(v)])),
        })
      }
    }
    return {
      'measured with two workers': figures,
      'the simulation of the same': agreement,
      'a fleet on one coordinator and one Redis; the last rows with a death an hour a worker and one stall in a thousand tasks':
        rows,
    }
  })
