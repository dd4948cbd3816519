// Charts of what analyses and further runs found, by kind. Those of one run are methods of its result.
import { definitionsChart, funnelChart } from './audit.ts'
import { backtestFan, backtestPit, trackFan } from './backtest.ts'
import { diffChart, commitmentCurve, information, pilotSizes, tornado } from './decisions.ts'

import { withOldNames } from '../../old-names.ts'
import { sweepMap } from './sweep.ts'

export { Chart, type Spec } from './chart.ts'

/** Each takes what the function of the same subject gives, and the currency of its amounts. */
export const charts = withOldNames({
  tornado,
  information,
  pilot: pilotSizes,
  commitment: commitmentCurve,
  diff: diffChart,
  sweep: sweepMap,
  backtest: backtestFan,
  pit: backtestPit,
  track: trackFan,
  definitions: definitionsChart,
  funnel: funnelChart,
} as const)
