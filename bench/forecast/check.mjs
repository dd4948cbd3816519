// node bench/forecast/check.mjs fails if forecasts of the series that ship with billcast have become worse. It takes a few of them, so that it
// is quick. Its draws are seeded: the same code gives the same figures. Limits are 2% above the errors of the present forecasts.
import { casesOf } from './cases.mjs'
import { METHODS } from './methods.mjs'
import { covered, mean, percent, scored } from './scores.mjs'
import { shippedSeries } from './shipped.mjs'
import { shocked } from './shocks.mjs'

const SIMULATED = 10
const cases = casesOf(shippedSeries(SIMULATED))
const scores = scored(cases, METHODS.billcast(cases))
const of = (figure, rows) => mean(rows.map((row) => row[figure]))
const afterShock = (name) => {
  const all = shocked(cases).find((shock) => shock.name === name).cases
  // Every third case is enough.
  const own = all.filter((_, k) => k % 3 === 0)
  return scored(own, METHODS.billcast(own))
}

const complaints = scores.filter(({ group }) => group === 'cfpb')
const simulated = scores.filter(({ group }) => group !== 'cfpb')
const stepped = afterShock('a step of +40% twelve months ago')
const tripled = afterShock('one month tripled')
/** What is measured, and the lowest and highest value that passes, in percent. */
const checks = [
  ['error (CRPS) of complaints, % of a year', of('crps', complaints), 0, 30.3],
  ['error (CRPS) of simulated series, % of a year', of('crps', simulated), 0, 7.54],
  ['80% intervals of simulated series cover', covered(simulated, 0.8), 62, 92],
  ['95% intervals of simulated series cover', covered(simulated, 0.95), 90, 100],
  ['bias after a step of +40% twelve months ago, % of a year', of('bias', stepped), -3, 3],
  ['error (CRPS) with a month tripled, % of a year', of('crps', tripled), 0, 9.04],
]

for (const [name, value, least, most] of checks) {
  const inside = 100 * value >= least && 100 * value <= most
  process.stdout.write(`${inside ? 'ok' : 'WORSE'}  ${name}: ${percent(value)} (from ${least} to ${most})\n`)
  if (!inside) process.exitCode = 1
}
