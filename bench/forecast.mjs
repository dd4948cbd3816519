// How good are forecasts of a year's volume? The ensemble and simple methods on the same origins, with R's forecast package where it is
// installed. `--series FOLDER` names a folder with series.json: a list of { id, group, y }, the newest month last.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { flat, forecastBy, growthNaive, NEEDS } from '../.cache/modules/questions/backtest/baselines.js'
import { crpsOf } from '../.cache/modules/questions/backtest/scores.js'
import { fitVolumes } from '../.cache/modules/forecasting/ensemble/volumes.js'
import { normalQuantiles } from './forecast/quantiles.mjs'
import { casesOf, WINDOWS, YEAR } from './forecast/cases.mjs'
import { sumsOf, uniforms } from './forecast/futures.mjs'
import { simulatedSeries } from './forecast/simulated.mjs'

const DRAWS = 1000
const SIMULATED = 24
const RESAMPLES = 200
const sum = (values) => values.reduce((a, b) => a + b, 0)
const mean = (values) => sum(values) / values.length

/** The series that ship with billcast: complaints in the public domain, and simulated ones. */
function shipped() {
  const rows = readFileSync('examples/data/cfpb-complaints-monthly.csv', 'utf8').trim().split('\n').slice(1)
  return [{ id: 'complaints', group: 'cfpb', y: rows.map((row) => Number(row.split(',')[1])) }, ...simulatedSeries(SIMULATED)]
}

const lognormal = ({ median, sd }) => normalQuantiles(200).map((z) => median * Math.exp(sd * z))

const METHODS = {
  flat: (cases) => cases.map(({ before }) => lognormal(forecastBy(flat, YEAR, before, YEAR).sum)),
  'last year × growth': (cases) =>
    cases.map(({ before }) => (before.length < NEEDS ? undefined : lognormal(forecastBy(growthNaive, NEEDS, before, YEAR).sum))),
  billcast: (cases) => cases.map(({ first, before }, k) => sumsOf(fitVolumes(first, before, YEAR), DRAWS, k)),
}

/** Sums by R's forecast package, or undefined where R or the package is missing. */
function byR(method, cases) {
  const input = cases.map(({ before }) => before.join(' ')).join('\n')
  const { status, stdout } = spawnSync('Rscript', ['bench/forecast/peers.R', method], {
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  if (status !== 0) return undefined
  return stdout
    .split('\n')
    .slice(0, cases.length)
    .map((line) => {
      const values = line.trim() === '' ? [] : line.trim().split(' ').map(Number)
      return values.length > 1 ? Float64Array.from(values) : undefined
    })
}

/** Each case's score as a share of its last 12 months, and where the actual sum fell. */
const scored = (cases, draws) =>
  cases.flatMap(({ id, window, before, year }, k) => {
    const sample = draws[k]
    if (sample === undefined) return []
    const actual = sum(year)
    const below = sample.filter((value) => value < actual).length / sample.length
    return [{ id, window, crps: crpsOf(Float64Array.from(sample), actual) / sum(before.slice(-YEAR)), below }]
  })

/** The 95% interval of a mean over cases, by drawing whole series again. */
function bootstrap(rows) {
  const series = [...grouped(rows).values()]
  const next = uniforms(1)
  const means = Array.from({ length: RESAMPLES }, () => {
    const drawn = series.flatMap(() => series[Math.floor(next() * series.length)])
    return mean(drawn.map(({ crps }) => crps))
  }).sort((a, b) => a - b)
  return [means[Math.floor(0.025 * RESAMPLES)], means[Math.ceil(0.975 * RESAMPLES) - 1]]
}

function grouped(rows) {
  const found = new Map()
  for (const row of rows) found.set(row.id, [...(found.get(row.id) ?? []), row])
  return found
}

function rowOf(months, method, rows) {
  const covers = (share) => (100 * mean(rows.map(({ below }) => (Math.abs(below - 0.5) <= share / 2 ? 1 : 0)))).toFixed(0)
  const percent = (value) => (100 * value).toFixed(2)
  return {
    months,
    method,
    forecasts: rows.length,
    'CRPS, % of a year': percent(mean(rows.map(({ crps }) => crps))),
    '95% interval': bootstrap(rows).map(percent).join(' to '),
    '50% covers': `${covers(0.5)}%`,
    '80% covers': `${covers(0.8)}%`,
    '95% covers': `${covers(0.95)}%`,
  }
}

export async function forecast(folder) {
  const series = folder === undefined ? shipped() : JSON.parse(readFileSync(`${folder}/series.json`, 'utf8'))
  const cases = casesOf(series)
  const peers = ['ets', 'arima', 'theta'].flatMap((name) => {
    const draws = byR(name, cases)
    if (draws === undefined)
      process.stderr.write(`${name}: skipped, because R or its package forecast is missing (Debian: r-cran-forecast)\n`)
    return draws === undefined ? [] : [[name, draws]]
  })
  const all = [...Object.entries(METHODS).map(([name, method]) => [name, method(cases)]), ...peers].map(([name, draws]) => [
    name,
    scored(cases, draws),
  ])
  return WINDOWS.flatMap((window) =>
    all.flatMap(([name, rows]) => {
      const own = rows.filter((row) => row.window === window)
      return own.length === 0 ? [] : [rowOf(window, name, own)]
    }),
  )
}
