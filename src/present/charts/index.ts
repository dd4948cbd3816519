// Charts of analyses and further runs by kind. A result draws the charts of its own run with `chart()`.
import { definitionsChart, funnelChart } from './audit.ts'
import { backtestFan, backtestPit } from './backtest.ts'
import { diffChart, commitmentCurve, information, pilotSizes, tornado } from './decisions.ts'
import { fitHistogram, fitQuantiles } from './fit.ts'
import { historyChart } from './history.ts'
import { withOldNames } from '../../old-names.ts'
import { portfolioBudget, portfolioDiversification } from './portfolio.ts'
import { sweepChart } from './sweep.ts'
import { trackFan } from './track.ts'

export { Chart, type Spec } from './chart.ts'

/** Each takes the result of the function of the same subject, and most take the currency of its amounts. */
export const charts = withOldNames({
  tornado,
  information,
  pilot: pilotSizes,
  commitment: commitmentCurve,
  diff: diffChart,
  sweep: sweepChart,
  backtest: backtestFan,
  pit: backtestPit,
  history: historyChart,
  track: trackFan,
  definitions: definitionsChart,
  funnel: funnelChart,
  quantiles: fitQuantiles,
  histogram: fitHistogram,
  portfolio: portfolioBudget,
  diversification: portfolioDiversification,
} as const)
