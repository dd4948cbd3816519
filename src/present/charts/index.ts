// Charts of analyses and further runs by kind. A result draws the charts of its own run with `chart()`.
import { definitionsChart, funnelChart } from './audit.ts'
import { backtestFan, backtestPit } from './backtest.ts'
import { diffChart, commitmentCurve, information, pilotSizes, tornado } from './decisions.ts'
import { fitHistogram, fitQuantiles } from './fit.ts'
import { historyChart } from './history.ts'
import { withOldNames } from '../../old-names.ts'
import type { AnswerChart } from './kinds.ts'
import { portfolioBudget, portfolioDiversification } from './portfolio.ts'
import { ofAnswer } from './subject.ts'
import { sweepChart } from './sweep.ts'
import { trackFan } from './track.ts'

import type { Chart } from './chart.ts'

export { Chart, type Spec } from './chart.ts'

const CURRENCY = "the currency, such as 'USD'"
const OFFER = 'the name of an offer'

/** Each takes the result of the function of the same subject, and most take the currency of its amounts. */
export const charts = withOldNames({
  tornado: ofAnswer('tornado', { of: 'sensitivity', keys: ['offer', 'mean', 'inputs'], texts: [CURRENCY] }, tornado),
  information: ofAnswer('information', { of: 'valueOfInformation', keys: ['evpi', 'evppi'], texts: [CURRENCY] }, information),
  pilot: ofAnswer('pilot', { of: 'pilot', keys: ['sizes', 'best'], texts: [CURRENCY] }, pilotSizes),
  commitment: ofAnswer('commitment', { of: 'optimize', keys: ['best', 'curve'], texts: [CURRENCY] }, commitmentCurve),
  diff: ofAnswer('diff', { of: 'diff', keys: ['offers', 'changes'], texts: [OFFER, CURRENCY] }, diffChart),
  sweep: ofAnswer('sweep', { of: 'sweep', keys: ['schema', 'getChild'], texts: [OFFER, CURRENCY] }, sweepChart),
  backtest: ofAnswer('backtest', { of: 'backtest', keys: ['cases', 'annual'] }, backtestFan),
  pit: ofAnswer('pit', { of: 'backtest', keys: ['origins', 'annual'] }, backtestPit),
  history: ofAnswer('history', { of: 'calibrate', keys: ['ahead', 'past'] }, historyChart),
  track: ofAnswer('track', { of: 'track', keys: ['verdict', 'reforecast'] }, trackFan),
  definitions: ofAnswer('definitions', { of: 'audit', keys: ['counts', 'bills', 'definition'] }, definitionsChart),
  funnel: ofAnswer('funnel', { of: 'audit', keys: ['counts', 'contained'] }, funnelChart),
  quantiles: ofAnswer('quantiles', { of: 'fit', keys: ['distributions', 'ranks'] }, fitQuantiles),
  histogram: ofAnswer('histogram', { of: 'fit', keys: ['distributions', 'histogram'] }, fitHistogram),
  portfolio: ofAnswer('portfolio', { of: 'portfolio', keys: ['portfolio', 'plans'] }, portfolioBudget),
  diversification: ofAnswer(
    'diversification',
    { of: 'portfolio', keys: ['portfolio', 'diversification'] },
    portfolioDiversification,
  ),
} as const satisfies Readonly<Record<AnswerChart, (...answer: never[]) => Chart>>)
