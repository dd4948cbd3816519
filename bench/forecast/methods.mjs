// Forecasts of a year's sum that need no R: each returns sorted draws, or undefined where it has no forecast.
import { fitVolumes } from '../../.cache/modules/forecasting/ensemble/volumes.js'
import { flat, forecastBy, growthNaive, NEEDS } from '../../.cache/modules/questions/backtest/baselines.js'
import { YEAR } from './cases.mjs'
import { sumsOf } from './futures.mjs'
import { normalQuantiles } from './quantiles.mjs'

const DRAWS = 1000
const lognormal = ({ median, sd }) => normalQuantiles(200).map((z) => median * Math.exp(sd * z))

export const METHODS = {
  flat: (cases) => cases.map(({ before }) => lognormal(forecastBy(flat, YEAR, before, YEAR).sum)),
  'last year × growth': (cases) =>
    cases.map(({ before }) => (before.length < NEEDS ? undefined : lognormal(forecastBy(growthNaive, NEEDS, before, YEAR).sum))),
  billcast: (cases) => cases.map(({ first, before }, k) => sumsOf(fitVolumes(first, before, YEAR), DRAWS, k)),
}
