// Compares a batch with simulate() on the same scenarios, one after another in one warm process, and records memory throughout.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { begin } from './processes.mjs'

const INDEX = new URL('../dist/api/index.js', import.meta.url).pathname
const TRIALS = 100_000

/** Runs the command and reads its memory each time a scenario ends. */
async function batch(folder, more) {
  const out = join(folder, 'out')
  rmSync(out, { recursive: true, force: true })
  const args = ['batch', join(folder, '*.yaml'), '--trials', String(TRIALS), '--out', out, '--log', 'json', '--quiet']
  const started = performance.now()
  const memory = []
  await begin([...args, ...more], ({ event }, { pid }) => {
    if (event === 'done') memory.push(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024)
  }).done()
  return { seconds: (performance.now() - started) / 1000, memory }
}

function peer(folder, options) {
  const program = `
import { readdirSync, readFileSync } from 'node:fs'
import { simulate } from ${JSON.stringify(INDEX)}
const folder = ${JSON.stringify(folder)}
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'))
const options = { trials: ${TRIALS}, folder, ...${JSON.stringify(options)} }
await simulate(readFileSync(folder + '/' + files[0], 'utf8'), options)
const started = performance.now()
for (const name of files) await simulate(readFileSync(folder + '/' + name, 'utf8'), options)
console.log((performance.now() - started) / 1000)
`
  return Number(spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' }).stdout)
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length

/** BILLCAST_SCENARIOS sets the number of scenarios (100). */
export async function batches() {
  const count = Number(process.env.BILLCAST_SCENARIOS ?? 100)
  const folder = mkdtempSync(join(tmpdir(), 'billcast-bench-'))
  try {
    const plan = readFileSync(new URL('../examples/annual-budget.yaml', import.meta.url), 'utf8')
    writeFileSync(join(folder, 'plan-2027.csv'), readFileSync(new URL('../examples/data/plan-2027.csv', import.meta.url)))
    for (let k = 0; k < count; k++)
      writeFileSync(
        join(folder, `unit-${String(k).padStart(4, '0')}.yaml`),
        plan.replace('data/plan-2027.csv', 'plan-2027.csv').replace('seed: fy2027', `seed: fy${k}`),
      )
    const lean = ['--no-report', '--no-keep-trials', '--threads', '2']
    const bare = await batch(folder, lean)
    const part = Math.max(1, Math.floor(count / 5))
    const rows = [
      { what: `batch of ${count}`, seconds: bare.seconds },
      { what: 'simulate(), threads: 2', seconds: peer(folder, { threads: 2, keepTrials: false }) },
      { what: 'simulate(), as it chooses', seconds: peer(folder, { keepTrials: false }) },
      { what: 'batch, trials kept', seconds: (await batch(folder, ['--no-report', '--threads', '2'])).seconds },
      { what: 'batch, reports', seconds: (await batch(folder, ['--no-keep-trials', '--threads', '2'])).seconds },
    ].map((row) => ({
      ...row,
      seconds: Number(row.seconds.toFixed(1)),
      'of the batch': Number((row.seconds / bare.seconds).toFixed(2)),
    }))
    return {
      'a batch against one scenario after the other': rows,
      'memory of the batch, MiB': [
        { 'first fifth': Math.round(mean(bare.memory.slice(0, part))), 'last fifth': Math.round(mean(bare.memory.slice(-part))) },
      ],
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
