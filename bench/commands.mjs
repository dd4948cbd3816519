// How long do whole commands take, from the shell to the answer, beside a NumPy script and a bare Node in the same rounds?
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { median, round } from './scenario.mjs'

const ROUNDS = 5
const TRIALS = 1_000_000
const file = (path) => new URL(`../${path}`, import.meta.url).pathname
const billcast = file('dist/cli/billcast.js')
const reference = file('bench/reference.yaml')
const example = file('examples/annual-budget.yaml')
const numpy = ['python3', file('bench/peers/numpy.py'), String(TRIALS)]
const run = ['run', reference, '--threads', '2', '--json']

/** Seconds of a process and what it printed. */
function timed([command, ...args]) {
  const began = performance.now()
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 2 ** 28 })
  const seconds = (performance.now() - began) / 1000
  if (error || status !== 0) throw error ?? new Error(`${command} ${args.join(' ')}: ${stderr}`)
  return { seconds, stdout }
}

const has = (command, args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0

/** Rounds of all commands, one after the other, so that a slow moment meets all: command → seconds of each round. */
function rounds(commands) {
  const names = Object.keys(commands)
  const found = Object.fromEntries(names.map((name) => [name, []]))
  for (const name of names) timed(commands[name])
  for (let k = 0; k < ROUNDS; k++) for (const name of names) found[name].push(timed(commands[name]).seconds)
  return found
}

/** Medians, with the median of the ratios to a peer in the same round. */
const beside = (found, peer) =>
  Object.entries(found).map(([what, seconds]) => ({
    what,
    seconds: round(median(seconds)),
    ...(found[peer] && { [`of ${peer}`]: round(median(seconds.map((value, k) => value / found[peer][k]))) }),
  }))

/** NumPy's trials for the standard error that billcast states, the largest over means, P90 and odds of all offers. */
function trialsFor({ offers, comparison }, { errors }) {
  const names = Object.keys(offers)
  const figures = names.flatMap((name, k) => [
    [offers[name].bill.mean, errors.means[k]],
    [offers[name].bill.percentiles.p90, errors.p90[k]],
    [comparison.cheapest[name], errors.cheapest[k]],
  ])
  const needed = figures.filter(([figure, error]) => figure.se > 0 && error > 0).map(([figure, error]) => (error / figure.se) ** 2)
  return { every: TRIALS * Math.max(...needed), half: TRIALS * median(needed) }
}

/** The time that NumPy would need for the precision of a run, and what share of it billcast takes. */
function precision() {
  const peer = JSON.parse(timed([...numpy, '--errors']).stdout)
  const rows = []
  for (let k = 0; k < ROUNDS; k++) {
    const { nanoseconds, percentileSeconds } = JSON.parse(timed([...numpy, '--errors']).stdout)
    const { seconds, stdout } = timed([process.execPath, billcast, ...run, '--precision', '0.01%'])
    const trials = trialsFor(JSON.parse(stdout), peer)
    const each = (nanoseconds * 12) / 1e9 + percentileSeconds / TRIALS
    rows.push({ seconds, every: trials.every * each, half: trials.half * each, trials: trials.every })
  }
  const of = (name) => median(rows.map((row) => row[name]))
  return [
    {
      what: 'run --precision 0.01%',
      seconds: round(of('seconds')),
      'NumPy trials for every figure': round(of('trials')),
      'NumPy, seconds': round(of('every')),
      'of NumPy': round(median(rows.map(({ seconds, every }) => seconds / every)), 2),
      'of NumPy, median figure': round(median(rows.map(({ seconds, half }) => seconds / half)), 2),
    },
  ]
}

/** A batch of plans that differ in their seed. */
function batch() {
  const plans = Number(process.env.BILLCAST_SCENARIOS ?? 200)
  const folder = mkdtempSync(join(tmpdir(), 'billcast-bench-'))
  try {
    const plan = readFileSync(reference, 'utf8')
    for (let k = 0; k < plans; k++) writeFileSync(join(folder, `plan-${k}.yaml`), plan.replace('seed: reference', `seed: s${k}`))
    const found = []
    for (let k = 0; k < 3; k++) {
      const options = ['--trials', '100k', '--threads', '2', '--no-report', '--no-keep-trials', '--quiet']
      found.push(
        timed([process.execPath, billcast, 'batch', join(folder, '*.yaml'), '--out', join(folder, `out-${k}`), ...options]).seconds,
      )
    }
    return [{ what: `batch of ${plans} plans, 100,000 trials`, 'ms a plan': round((1000 * median(found)) / plans) }]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export function commands() {
  const node = process.execPath
  const whole = {
    NumPy: numpy,
    'run, 1m trials': [node, billcast, ...run, '--trials', '1m'],
    'run, 16,384 trials': [node, billcast, ...run, '--trials', '16384'],
  }
  if (!has('python3', ['-c', 'import numpy'])) delete whole.NumPy
  const short = {
    'bare Node': [node, '-e', '0'],
    check: [node, billcast, 'check', example],
    invoice: [node, billcast, 'invoice', example, 'zendesk', '--month', '2027-01'],
    offers: [node, billcast, 'offers'],
    '--version': [node, billcast, '--version'],
    '--help': [node, billcast, '--help'],
  }
  const four = ['run', reference, '--trials', '4m', '--json']
  const lanes = {
    'one thread': [node, billcast, ...four, '--threads', '1'],
    'two threads': [node, billcast, ...four, '--threads', '2'],
  }
  return {
    'whole commands beside NumPy with a million trials': beside(rounds(whole), 'NumPy'),
    ...(whole.NumPy && { 'the precision of 0.01% beside NumPy': precision() }),
    'short commands beside a bare Node': beside(rounds(short), 'bare Node'),
    'two threads against one, 4m trials': beside(rounds(lanes), 'one thread').map(({ what, seconds, 'of one thread': share }) => ({
      what,
      seconds,
      'times one thread': round(1 / share),
    })),
    batch: batch(),
  }
}
