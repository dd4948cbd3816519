// Compares a queue with a batch on the same tasks: two workers of one thread each with two threads. Also measures the overhead of a task and
// the size of its result. Needs redis-server.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { begin, median, withRedis, workersOn } from './processes.mjs'

const PORT = 7_399
const reference = readFileSync(new URL('reference.yaml', import.meta.url), 'utf8')

/** Makes a folder with the given number of scenarios and removes it after use. */
export async function withPlans(count, use) {
  const folder = mkdtempSync(join(tmpdir(), 'billcast-plans-'))
  for (let k = 0; k < count; k++)
    writeFileSync(join(folder, `unit-${String(k).padStart(4, '0')}.yaml`), reference.replace('seed: reference', `seed: unit-${k}`))
  try {
    return await use(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Seconds of a batch, including its start. */
async function timed(folder, trials, more) {
  const out = join(folder, 'out')
  rmSync(out, { recursive: true, force: true })
  const args = [
    'batch',
    join(folder, '*.yaml'),
    '--trials',
    String(trials),
    '--out',
    out,
    '--quiet',
    '--no-report',
    '--log',
    'json',
  ]
  const started = performance.now()
  await begin([...args, ...more]).done()
  return (performance.now() - started) / 1000
}

/** Pairs of both, alternating. */
const against = (address, count, trials, more, pairs) =>
  withPlans(count, async (folder) => {
    const fleet = await workersOn(address, 2)
    const [queue, local] = [[], []]
    try {
      await timed(folder, 1_024, ['--queue', address])
      const before = fleet.done().map(({ length }) => length)
      for (let k = 0; k < pairs; k++) {
        queue.push(await timed(folder, trials, ['--queue', address, ...more]))
        local.push(await timed(folder, trials, ['--jobs', '1', '--threads', '2', ...more]))
      }
      const tasks = fleet.done().flatMap((own, k) => own.slice(before[k]))
      const ratios = queue.map((seconds, k) => local[k] / seconds)
      return {
        scenarios: count,
        trials,
        options: more.join(' '),
        's a task': Number(median(tasks.map(({ seconds }) => seconds)).toFixed(2)),
        'kB a result': Math.round(median(tasks.map(({ bytes }) => bytes)) / 1000),
        'queue, s': Number(median(queue).toFixed(1)),
        'batch, s': Number(median(local).toFixed(1)),
        throughput: Number(median(ratios).toFixed(3)),
        from: Number(Math.min(...ratios).toFixed(3)),
        to: Number(Math.max(...ratios).toFixed(3)),
      }
    } finally {
      await fleet.stop()
    }
  })

/** The time between the end of a task and the start of the next while others wait: the overhead of the queue. */
const between = (address) =>
  withPlans(60, async (folder) => {
    const fleet = await workersOn(address, 1)
    try {
      await timed(folder, 512, ['--no-keep-trials', '--queue', address, '--threads', '1'])
      const [tasks] = fleet.done()
      const gaps = tasks.slice(10).map(({ time, seconds }, k) => Date.parse(time) - Date.parse(tasks[k + 9].time) - 1000 * seconds)
      return {
        tasks: gaps.length,
        'ms between two tasks': Number(median(gaps).toFixed(2)),
        'kB a result': Number((median(tasks.map(({ bytes }) => bytes)) / 1000).toFixed(1)),
      }
    } finally {
      await fleet.stop()
    }
  })

export const queues = () =>
  withRedis(PORT, async (address) => ({
    'what a task costs beside its work': [await between(address)],
    'two workers of one thread against batch --jobs 1 --threads 2': [
      await against(address, 20, 100_000, [], 3),
      await against(address, 12, 6_000_000, ['--no-keep-trials', '--no-monthly'], 3),
    ],
  }))
