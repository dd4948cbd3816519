// A queue against a batch on the same tasks: two workers of one thread each against two threads; what a task costs beside its work; what
// its result weighs. Needs redis-server.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const COMMAND = new URL('../dist/cli/billcast.js', import.meta.url).pathname
const PORT = 7_399
const QUEUE = `redis://127.0.0.1:${PORT}`
const reference = readFileSync(new URL('reference.yaml', import.meta.url), 'utf8')
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]

function write(folder, count) {
  for (let k = 0; k < count; k++)
    writeFileSync(join(folder, `unit-${String(k).padStart(4, '0')}.yaml`), reference.replace('seed: reference', `seed: unit-${k}`))
}

/** Milliseconds that a batch takes, its start included. */
async function timed(folder, trials, more) {
  const out = join(folder, 'out')
  rmSync(out, { recursive: true, force: true })
  const args = ['batch', join(folder, '*.yaml'), '--trials', String(trials), '--out', out, '--quiet', '--no-report', ...more]
  const started = performance.now()
  const child = spawn(process.execPath, [COMMAND, ...args], { stdio: 'inherit' })
  const code = await new Promise((end) => child.once('close', end))
  if (code !== 0) throw new Error(`the batch ended with ${code}`)
  return performance.now() - started
}

async function workers(count) {
  const all = Array.from({ length: count }, () => {
    const child = spawn(process.execPath, [COMMAND, 'worker', '--queue', QUEUE, '--threads', '1', '--log', 'json'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const done = []
    let text = ''
    child.stderr.on('data', (part) => {
      text += part
      const lines = text.split('\n')
      text = lines.pop()
      for (const line of lines) {
        const event = JSON.parse(line)
        if (event.event === 'done') done.push(event)
      }
    })
    return { child, done }
  })
  await pause(1_500)
  return {
    done: () => all.flatMap(({ done }) => done),
    stop: () => Promise.all(all.map(({ child }) => new Promise((end) => child.once('close', end) && child.kill('SIGTERM')))),
  }
}

/** Pairs of the two, in turn. */
async function against(folder, count, trials, more, pairs) {
  write(folder, count)
  const fleet = await workers(2)
  const [queue, local] = [[], []]
  try {
    await timed(folder, 1_024, ['--queue', QUEUE])
    const before = fleet.done().length
    for (let k = 0; k < pairs; k++) {
      queue.push(await timed(folder, trials, ['--queue', QUEUE, ...more]))
      local.push(await timed(folder, trials, ['--jobs', '1', '--threads', '2', ...more]))
    }
    const tasks = fleet.done().slice(before)
    return {
      scenarios: count,
      trials,
      tasks: tasks.length / pairs,
      's a task': Number(median(tasks.map(({ seconds }) => seconds)).toFixed(2)),
      'kB a result': Math.round(median(tasks.map(({ bytes }) => bytes)) / 1000),
      'queue, s': Number((median(queue) / 1000).toFixed(1)),
      'batch, s': Number((median(local) / 1000).toFixed(1)),
      throughput: Number(median(queue.map((ms, k) => local[k] / ms)).toFixed(3)),
    }
  } finally {
    await fleet.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What each of many tiny tasks takes beside what it takes in a batch of one thread. */
async function overhead(folder) {
  const [few, many] = [10, 110]
  const times = {}
  const fleet = await workers(1)
  try {
    for (const count of [few, many]) {
      write(folder, count)
      const queue = []
      const local = []
      for (let k = 0; k < 2; k++) {
        queue.push(await timed(folder, 512, ['--no-keep-trials', '--queue', QUEUE, '--threads', '1']))
        local.push(await timed(folder, 512, ['--no-keep-trials', '--jobs', '1', '--threads', '1']))
      }
      times[count] = { queue: median(queue), local: median(local) }
    }
    const each = (name) => (times[many][name] - times[few][name]) / (many - few)
    return {
      'queue, ms a scenario': Number(each('queue').toFixed(2)),
      'batch of one thread, ms a scenario': Number(each('local').toFixed(2)),
      'more for a task, ms': Number((each('queue') - each('local')).toFixed(2)),
      'kB a result': Number((median(fleet.done().map(({ bytes }) => bytes)) / 1000).toFixed(1)),
    }
  } finally {
    await fleet.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

const folder = () => mkdtempSync(join(tmpdir(), 'billcast-queue-'))

export async function queues() {
  const place = folder()
  const server = spawn('redis-server', ['--port', String(PORT), '--bind', '127.0.0.1', '--save', '', '--dir', place], {
    stdio: 'ignore',
  })
  server.on('error', () => {
    throw new Error('this question needs redis-server')
  })
  await pause(500)
  try {
    return {
      'two workers of one thread against batch --jobs 1 --threads 2': [
        await against(folder(), 30, 100_000, [], 3),
        await against(folder(), 6, 6_000_000, ['--no-keep-trials'], 3),
        await against(folder(), 6, 6_000_000, ['--no-keep-trials', '--no-monthly'], 3),
      ],
      'what a task costs beside its work': [await overhead(folder())],
    }
  } finally {
    server.kill('SIGKILL')
    rmSync(place, { recursive: true, force: true })
  }
}
