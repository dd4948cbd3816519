// How good are forecasts of a year's volume? The ensemble and simple methods on the same origins, with R's forecast package where it is
// installed. `--series FOLDER` names a folder with series.json: a list of { id, group, y }, the newest month last. `--sample N` takes N of
// the cases.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { casesOf, sampleOf, WINDOWS } from './forecast/cases.mjs'
import { METHODS } from './forecast/methods.mjs'
import { covered, interval, mean, percent, scored } from './forecast/scores.mjs'
import { shippedSeries } from './forecast/shipped.mjs'
import { shocked } from './forecast/shocks.mjs'

const SIMULATED = 24

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

const crps = (rows) => mean(rows.map((row) => row.crps))
const range = (rows, figure, digits) =>
  interval(rows, figure)
    .map((value) => percent(value, digits))
    .join(' to ')

const rowOf = (months, method, rows) => ({
  months,
  method,
  forecasts: rows.length,
  'CRPS, % of a year': percent(crps(rows)),
  '95% interval': range(rows, crps),
  '50% covers': `${percent(covered(rows, 0.5), 0)}%`,
  '80% covers': `${percent(covered(rows, 0.8), 0)}%`,
  '95% covers': `${percent(covered(rows, 0.95), 0)}%`,
})

/** Each row with the flat forecast's score of the same case. */
const besideFlat = (rows, flats) => rows.flatMap((row, k) => (row && flats[k] ? [{ ...row, flat: flats[k].crps }] : []))
const ratio = (rows) => crps(rows) / mean(rows.map((row) => row.flat))

const groupRow = (group, method, rows) => ({
  group,
  series: new Set(rows.map(({ id }) => id)).size,
  method,
  'CRPS, % of a year': percent(crps(rows)),
  '% of flat': percent(ratio(rows), 1),
  '95% interval': range(rows, ratio, 1),
})

function shockRows(cases) {
  return shocked(cases).flatMap(({ name, cases: own }) => {
    if (own.length === 0) return []
    const flats = scored(own, METHODS.flat(own))
    const rows = besideFlat(scored(own, METHODS.billcast(own)), flats)
    const bias = (some) => mean(some.map((row) => row.bias))
    return [
      {
        shock: name,
        forecasts: rows.length,
        'bias, % of a year': percent(bias(rows), 1),
        '95% interval': range(rows, bias, 1),
        'bias of flat': percent(bias(flats), 1),
        'CRPS, % of flat': percent(ratio(rows), 1),
      },
    ]
  })
}

/** @param sample how many cases to draw; all if absent */
export async function forecast(folder, sample) {
  const series = folder === undefined ? shippedSeries(SIMULATED) : JSON.parse(readFileSync(`${folder}/series.json`, 'utf8'))
  const all = casesOf(series)
  const cases = sample === undefined ? all : sampleOf(all, sample)
  const peers = ['ets', 'arima', 'theta'].flatMap((name) => {
    const draws = byR(name, cases)
    if (draws === undefined)
      process.stderr.write(`${name}: skipped, because R or its package forecast is missing (Debian: r-cran-forecast)\n`)
    return draws === undefined ? [] : [[name, draws]]
  })
  const scores = [...Object.entries(METHODS).map(([name, method]) => [name, method(cases)]), ...peers].map(([name, draws]) => [
    name,
    scored(cases, draws),
  ])
  const flats = scores[0][1]
  const groups = [...new Set(series.map(({ group }) => group))]
  return {
    forecast: WINDOWS.flatMap((window) =>
      scores.flatMap(([name, rows]) => {
        const own = rows.filter((row) => row?.window === window)
        return own.length === 0 ? [] : [rowOf(window, name, own)]
      }),
    ),
    groups: groups.flatMap((group) =>
      scores.slice(1).flatMap(([name, rows]) => {
        const own = besideFlat(rows, flats).filter((row) => row.group === group)
        return own.length === 0 ? [] : [groupRow(group, name, own)]
      }),
    ),
    shocks: shockRows(cases),
  }
}
